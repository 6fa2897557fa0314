"""How far a practice is up the tiers of its programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from billing.purchasing.accrual import Measured
from billing.purchasing.models import Accrual
from billing.purchasing.programs.in_force import Rules, rules_on
from billing.purchasing.schedule import Way
from core.money import rounded

# The bar ends a little after the last tier that is drawn.
_ROOM = Fraction(5, 4)
# What the words of one step take of a bar on a phone, in percent.
_ROOM_OF_WORDS = 28


@dataclass(frozen=True, slots=True)
class Step:
    """x: where the tier begins on the bar, in percent. at: in minor units. is_next: the one to reach.

    named: whether there is room for its words beside those of others; the sentence of the bar names all.
    """

    number: int
    rate: Fraction
    at: int
    x: float
    is_next: bool
    reached: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """to_next: minor units to spend; None at the top. brings: how much more the next tier pays on what was spent and
    is to be spent. x: how far the practice is, in percent."""

    accrual: Accrual
    rules: Rules
    vendor: str
    steps: tuple[Step, ...]
    x: float
    brings: int | None

    @property
    def next_number(self) -> int | None:
        return next((step.number for step in self.steps if step.is_next), None)

    @property
    def counts(self) -> str:
        """What a rate is paid on."""
        match self.rules.schedule.way:
            case Way.FLAT:
                return "The rate of the tier counts for everything."
            case Way.MARGINAL:
                return "Each rate counts for its own part."
            case Way.INCREASE:
                return "The rate of the tier counts for all that you buy beyond the year before."

    @property
    def tier(self) -> int | None:
        """As people count, from 1."""
        return None if self.accrual.tier is None else self.accrual.tier + 1

    @property
    def rate(self) -> Fraction:
        """Of the tier that was reached."""
        return Fraction(0) if self.accrual.tier is None else self.rules.schedule.tiers[self.accrual.tier].rate


def ladders(*, practice_id: UUID, day: date) -> list[Ladder]:
    """Of programs that look at the practice's own spending, in the periods that `day` is in; the nearest tier first."""
    found = [_ladder(*one) for one in _accruals(practice_id, day) if one[1].measured is not Measured.GROUP]
    return sorted(found, key=lambda one: (one.accrual.to_next_minor is None, one.accrual.to_next_minor or 0))


def group_tiers(*, practice_id: UUID, day: date) -> list[Ladder]:
    """Of programs that look at what all members bought."""
    return [_ladder(*one) for one in _accruals(practice_id, day) if one[1].measured is Measured.GROUP]


def _accruals(practice_id: UUID, day: date) -> list[tuple[Accrual, Rules]]:
    accruals = Accrual.objects.filter(practice=practice_id, first__lte=day, last__gte=day).select_related(
        "program__contract__vendor"
    )
    rules = rules_on([one.program for one in accruals], day)
    return [(one, rules[one.program_id]) for one in accruals if one.program_id in rules]


def _ladder(accrual: Accrual, rules: Rules) -> Ladder:
    schedule = rules.schedule
    following = 0 if accrual.tier is None else accrual.tier + 1
    reached = _reached(accrual, rules)
    # In growth a tier is a ratio to the year before: what it comes to in money follows from what is missing.
    ats = [_at(accrual, rules, place, reached) for place in range(len(schedule.tiers))]
    end = max(Fraction(ats[min(following, len(ats) - 1)]) * _ROOM, Fraction(reached), Fraction(1))
    xs = {place: _percent(at, end) for place, at in enumerate(ats) if at <= end}
    named = _named(xs, first=following if following in xs else max(xs))
    steps = tuple(
        Step(
            number=place + 1,
            rate=schedule.tiers[place].rate,
            at=ats[place],
            x=x,
            is_next=place == following,
            reached=place < following,
            named=place in named,
        )
        for place, x in xs.items()
    )
    return Ladder(
        accrual=accrual,
        rules=rules,
        vendor=accrual.program.contract.vendor.name,
        steps=steps,
        x=_percent(reached, end),
        brings=_brings(accrual, rules, following),
    )


def _reached(accrual: Accrual, rules: Rules) -> int:
    """What decides the tier, in minor units: without the months before, of a moving total what is known of it."""
    if rules.measured is Measured.TRAILING and accrual.to_next_minor is not None:
        following = 0 if accrual.tier is None else accrual.tier + 1
        return rounded(rules.schedule.tiers[following].at) - accrual.to_next_minor
    return accrual.base_minor


def _at(accrual: Accrual, rules: Rules, place: int, reached: int) -> int:
    at = rules.schedule.tiers[place].at
    if rules.measured is not Measured.GROWTH:
        return rounded(at)
    before = _year_before(accrual, rules, 0 if accrual.tier is None else accrual.tier + 1)
    return reached if before is None else rounded(at * before)


def _year_before(accrual: Accrual, rules: Rules, following: int) -> Fraction | None:
    """What growth is measured against, minor units: the bound to reach is so many times that, and lies where the
    missing amount ends. None where no bound is left, or the one that is says nothing of the year before."""
    if accrual.to_next_minor is None or following >= len(rules.schedule.tiers):
        return None
    times = rules.schedule.tiers[following].at
    return Fraction(accrual.base_minor + accrual.to_next_minor) / times if times else None


def _brings(accrual: Accrual, rules: Rules, following: int) -> int | None:
    """What reaching the next tier adds to the rebate; None where it cannot be told."""
    if accrual.to_next_minor is None or rules.measured is Measured.GROUP:
        return None
    then = accrual.base_minor + accrual.to_next_minor
    if rules.schedule.way is Way.FLAT:
        reward = then * rules.schedule.tiers[following].rate
    elif rules.measured is Measured.GROWTH:
        before = _year_before(accrual, rules, following)
        if before is None:
            return None
        by_parts = rules.schedule.way is Way.MARGINAL
        rate = rules.schedule.tiers[following].rate
        reward = rules.schedule.of(before).marginal(0, then) if by_parts else max(then - before, Fraction(0)) * rate
    else:
        begins = _reached(accrual, rules) - accrual.base_minor
        reward = rules.schedule.marginal(begins, begins + then)
    return max(rounded(rules.schedule.capped(reward)) - accrual.cents, 0)


def _named(xs: Mapping[int, float], *, first: int) -> set[int]:
    """Which steps get words: the one that matters, then those with room beside the ones before, from the right."""
    found = [first]
    for place in sorted(xs, reverse=True):
        if all(abs(xs[place] - xs[other]) >= _ROOM_OF_WORDS for other in found):
            found.append(place)
    return set(found)


def _percent(part: int, whole: Fraction) -> float:
    """Of a bar: from 0 to 100."""
    return float(min(max(Fraction(part), Fraction(0)) / whole, Fraction(1)) * 100)
