"""What a member has earned of one programme in one period: deterministic, to the cent, and down to each line.

    line → base → tier → exact reward → cents → the cents of each line

Nothing here reads a clock or a database, and no order of lines changes anything: the same lines give the same cents.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from fractions import Fraction

from billing.purchasing.schedule import Counted, Pays, Schedule, Way
from core.money import allocate, rounded


class Measured(StrEnum):
    """What decides the tier.

    VOLUME: what the member itself bought in the period. GROWTH: that, over what it bought in the same period a year
    before. TRAILING: what it bought in the twelve months that end with the period (the moving annual total).
    GROUP: what all members bought together in the period.
    """

    VOLUME = "volume"
    GROWTH = "growth"
    TRAILING = "trailing"
    GROUP = "group"


class Left(StrEnum):
    """Why a line does not count towards a rebate."""

    EXCLUDED = "excluded"
    FREIGHT = "freight"
    OTHER_PERIOD = "other_period"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of an invoice. amount: minor units for the goods, without freight and tax; negative for a return.

    id: what never changes, whatever else is imported; it breaks ties between lines. counts: whether the programme
    covers the item. freight: whether the line is freight or a fee, which no rebate is paid on. units: of the item,
    negative for a return.
    """

    id: str
    day: date
    amount: int
    counts: bool = True
    freight: bool = False
    units: Fraction | int = 0


@dataclass(frozen=True, slots=True)
class Period:
    """From `first` to `last`, both inclusive."""

    first: date
    last: date

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Reach:
    """What was bought elsewhere or before that decides the tier, net of returns and freight: in minor units, or in
    units of items where tiers are counted in these.

    before: by the member in the twelve months before the period's last day and not in the period (TRAILING), or in the
    same period of the year before (GROWTH). together: by all members in the period, this one included (GROUP).
    """

    before: Fraction | int = 0
    together: Fraction | int = 0


@dataclass(frozen=True, slots=True)
class Earned:
    """cents: earned, in minor units. base: what counted, in minor units; units: the same in units of items.
    measure: what decided the tier, in what tiers are counted in, or a ratio.

    tier: from 0; None below the first. exact: before it was rounded, after the cap. to_next: what is missing to the
    next tier, in whole minor units of own spending or whole units; None at the top, or where growth is measured
    against nothing.
    """

    cents: int
    base: int
    units: Fraction | int
    measure: Fraction | None
    tier: int | None
    exact: Fraction
    to_next: int | None = None


@dataclass(frozen=True, slots=True)
class Accrued(Earned):
    """of_line: the part of each line that counted, which sum to `cents`. left: why the others did not count."""

    of_line: dict[str, int] = field(default_factory=dict)
    left: dict[str, Left] = field(default_factory=dict)


def earn(
    base: int, *, units: Fraction | int = 0, schedule: Schedule, measured: Measured, reach: Reach = Reach()
) -> Earned:
    """What counted lines earn, of `base` minor units and so many units of items.

    Marginal tiers of growth pay on the growth itself: each rate on what lies between its own part of the year before
    and the next. 2% from "as much" is 2% of what was bought beyond the year before. Raises ValueError for an increase
    that nothing measures.
    """
    if measured is not Measured.GROWTH and schedule.way is Way.INCREASE:
        raise ValueError("only growth tells what was bought more than before")
    bought = {Counted.MONEY: base, Counted.UNITS: units}
    own, paid_on = bought[schedule.counted], bought[schedule.paid_on]
    measure = _measure(own, measured, reach)
    exact = Fraction(0) if measure is None else schedule.capped(_reward(paid_on, measure, schedule, measured, reach))
    return Earned(
        cents=rounded(exact),
        base=base,
        units=units,
        measure=measure,
        tier=None if measure is None else schedule.reached(measure),
        exact=exact,
        to_next=_missing(own, measure, schedule, measured, reach),
    )


def accrue(
    lines: Iterable[Line], *, period: Period, schedule: Schedule, measured: Measured, reach: Reach = Reach()
) -> Accrued:
    """As `earn`, from the lines themselves and down to each. Raises ValueError for a line that is given twice."""
    counted, left = _parted(lines, period)
    whole = earn(
        sum(line.amount for line in counted),
        units=sum(line.units for line in counted),
        schedule=schedule,
        measured=measured,
        reach=reach,
    )
    by_units = schedule.paid_on is Counted.UNITS
    shares = share_out(whole.cents, [line.units if by_units else line.amount for line in counted])
    return Accrued(
        **{name: getattr(whole, name) for name in Earned.__dataclass_fields__},
        of_line={line.id: share for line, share in zip(counted, shares, strict=True)},
        left=left,
    )


def share_out(cents: int, parts: Sequence[Fraction | int]) -> list[int]:
    """The part of each line in what all of them earned: to the cent, a return takes its share back. parts: of what the
    reward was worked out from, minor units or units."""
    return allocate(cents, parts) if cents else [0] * len(parts)


def _parted(lines: Iterable[Line], period: Period) -> tuple[list[Line], dict[str, Left]]:
    """Those that count, in the order of their ids, and why the others do not."""
    counted: list[Line] = []
    left: dict[str, Left] = {}
    seen: set[str] = set()
    for line in sorted(lines, key=lambda one: one.id):
        if line.id in seen:
            raise ValueError(f"line {line.id} was given twice")
        seen.add(line.id)
        if line.day not in period:
            left[line.id] = Left.OTHER_PERIOD
        elif line.freight:
            left[line.id] = Left.FREIGHT
        elif not line.counts:
            left[line.id] = Left.EXCLUDED
        else:
            counted.append(line)
    return counted, left


def _measure(own: Fraction | int, measured: Measured, reach: Reach) -> Fraction | None:
    match measured:
        case Measured.VOLUME:
            return Fraction(own)
        case Measured.GROWTH:
            return Fraction(own) / reach.before if reach.before > 0 else None
        case Measured.TRAILING:
            return Fraction(reach.before + own)
        case Measured.GROUP:
            return Fraction(reach.together)


def _reward(base: Fraction | int, measure: Fraction, schedule: Schedule, measured: Measured, reach: Reach) -> Fraction:
    """Uncapped. base: in what is paid on. Whoever gave back more than they bought has earned nothing."""
    if base <= 0:
        return Fraction(0)
    if schedule.pays is Pays.ONCE:
        return schedule.flat(1, measure)
    if schedule.way is Way.FLAT:
        return schedule.flat(base, measure)
    if schedule.way is Way.INCREASE:
        return schedule.flat(max(base - reach.before, 0), measure)
    if measured is Measured.GROUP:
        # The group's reward, shared by who bought what.
        return schedule.marginal(0, reach.together) * Fraction(base, reach.together) if reach.together else Fraction(0)
    if measured is Measured.GROWTH:
        return schedule.of(reach.before).marginal(0, base, beyond=True)
    begins = reach.before if measured is Measured.TRAILING else 0
    return schedule.marginal(begins, begins + base)


def _missing(
    own: Fraction | int, measure: Fraction | None, schedule: Schedule, measured: Measured, reach: Reach
) -> int | None:
    if measure is None or (place := schedule.next_tier(measure)) is None:
        return None
    at = schedule.tiers[place].at
    if measured is Measured.GROWTH:
        return (at * reach.before - own).__ceil__()
    return (at - measure).__ceil__()
