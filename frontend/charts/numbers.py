"""Figures as people in the United States read them, by unit."""

from decimal import ROUND_HALF_UP, Decimal
from math import inf

from loyalty.metrics.definition import Unit

MINUS = "\u2212"


SUFFIX = {Unit.PERCENT: "%", Unit.HOURS: " h"}


def figure(value: float, unit: Unit) -> str:
    """Return ``value`` with its unit: 58%, 74, 9.5 h, 2,148.

    Percent, hours, stars and how many for every hundred show one decimal below 10, none from 10 up; scores and counts
    never do. Halves round away from
    zero. Raises ValueError for a value that is not finite.
    """
    return _digits(value, unit) + SUFFIX.get(unit, "")


def interval(low: float, high: float, unit: Unit) -> str:
    """Return a range with its unit named once: 54 to 62%; 6 h or more where nothing bounds it above.

    Raises ValueError if the ends are swapped.
    """
    if low > high:
        raise ValueError(f"an interval runs from its lower to its upper end, not from {low} to {high}")
    if high == inf:
        return f"{figure(low, unit)} or more"
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
    fine = unit in (Unit.PERCENT, Unit.HOURS, Unit.RATING, Unit.PER_HUNDRED) and abs(exact) < 10
    rounded = exact.quantize(Decimal("0.1") if fine else Decimal("1"), rounding=ROUND_HALF_UP)
    if rounded == rounded.to_integral_value():
        rounded = rounded.to_integral_value()
    sign = MINUS if rounded < 0 else ""
    return f"{sign}{abs(rounded):,f}"
