"""Figures as people in the United States read them, by unit."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

MINUS = "\u2212"


class Unit(StrEnum):
    """What a figure counts. Percent is in percent points and a score runs from 0 to 100, a net score from -100."""

    PERCENT = "percent"
    SCORE = "score"
    NET_SCORE = "net score"
    HOURS = "hours"
    COUNT = "count"
    RATING = "rating"

    @property
    def suffix(self) -> str:
        return {Unit.PERCENT: "%", Unit.HOURS: " h"}.get(self, "")


def figure(value: float, unit: Unit) -> str:
    """Return ``value`` with its unit: 58%, 74, 9.5 h, 2,148.

    Percent and hours show one decimal below 10, none from 10 up; ratings always show one; scores and counts none.
    Halves round away from zero. Raises ValueError for a value that is not finite.
    """
    return _digits(value, unit) + unit.suffix


def interval(low: float, high: float, unit: Unit) -> str:
    """Return a range with its unit named once: 54 to 62%. Raises ValueError if the ends are swapped."""
    if low > high:
        raise ValueError(f"an interval runs from its lower to its upper end, not from {low} to {high}")
    return f"{_digits(low, unit)} to {figure(high, unit)}"


def change(value: float, unit: Unit) -> str:
    """Return the size of a change without its sign: 13, 1.2 points, 3 h. Percent changes are in points."""
    if unit is Unit.PERCENT:
        return f"{_digits(abs(value), unit)} points"
    return figure(abs(value), unit)


def at_least(count: int) -> str:
    """Return a count that was rounded down before it was released: 60+."""
    return f"{figure(count, Unit.COUNT)}+"


def _digits(value: float, unit: Unit) -> str:
    exact = Decimal(str(value))
    if not exact.is_finite():
        raise ValueError(f"only a finite figure can be shown, not {value}")
    fine = unit is Unit.RATING or (unit in (Unit.PERCENT, Unit.HOURS) and abs(exact) < 10)
    rounded = exact.quantize(Decimal("0.1") if fine else Decimal("1"), rounding=ROUND_HALF_UP)
    if rounded == rounded.to_integral_value() and unit is not Unit.RATING:
        rounded = rounded.to_integral_value()
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,f}"
