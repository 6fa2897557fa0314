"""How far a practice is up the tiers of its programs."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from uuid import UUID

from billing.purchasing.accrual import Measured
from billing.purchasing.models import Accrual, Every
from billing.purchasing.programs.in_force import Rules, rules_on
from billing.purchasing.programs.units import units_in_words
from billing.purchasing.programs.words import SPAN
from billing.purchasing.schedule import Counted, Pays, Way
from core.money import Money, rounded
from frontend.portal.savings.tier_words import at_in_words, in_words, tier_pays

# The bar ends a little after the last tier that is drawn.
_ROOM = Fraction(5, 4)
# What the words of one step take of a bar on a phone, in percent.
_ROOM_OF_WORDS = 28


@dataclass(frozen=True, slots=True)
class Step:
    """x: where the tier begins on the bar, in percent. at: in minor units, or units. pays: what it pays, begins: at, in
    words. is_next: the one to reach.

    named: whether there is room for its words beside those of others; the sentence of the bar names all.
    """

    number: int
    pays: str
    at: int
    begins: str
    x: float
    is_next: bool
    reached: bool
    named: bool


@dataclass(frozen=True, slots=True)
class Ladder:
    """brings: how much more the next tier pays on what was bought and is to be bought, minor units. x: how far the
    practice is, in percent."""

    accrual: Accrual
    rules: Rules
    vendor: str
    steps: tuple[Step, ...]
    x: float
    brings: int | None

    @property
    def in_units(self) -> bool:
        """Whether tiers are counted in units: then one buys more, and spends more otherwise."""
        return self.rules.schedule.counted is Counted.UNITS

    @property
    def to_next(self) -> str:
        """How much more, in words; "" at the top, and where it is not told."""
        missing = _to_next(self.accrual)
        return in_words(missing, self.rules) if missing else ""

    @property
    def so_far(self) -> str:
        """What counts of this period."""
        version, units = self.rules.version, self.accrual.base_units
        bought = "" if units is None else units_in_words(units, version.unit)
        if self.in_units:
            return f"{bought} bought so far"
        spent = f"{Money(self.accrual.base_minor, version.program.contract.currency)} spent so far"
        return f"{spent}, {bought}" if bought else spent

    @property
    def next_number(self) -> int | None:
        return next((step.number for step in self.steps if step.is_next), None)

    @property
    def counts(self) -> str:
        """What a rate is paid on."""
        schedule, unit = self.rules.schedule, self.rules.version.unit
        if schedule.pays is Pays.ONCE:
            return f"The sum of the tier is paid once a {SPAN[Every(self.rules.version.every)]}."
        pays = "sum" if schedule.pays is Pays.EACH else "rate"
        match schedule.way:
            case Way.FLAT:
                every = f"every {unit}" if schedule.pays is Pays.EACH else "everything"
                return f"The {pays} of the tier counts for {every}."
            case Way.MARGINAL:
                return f"Each {pays} counts for its own part."
            case Way.INCREASE:
                more = f"every {unit}" if schedule.pays is Pays.EACH else "all"
                return f"The {pays} of the tier counts for {more} that you buy beyond the year before."

    @property
    def tier(self) -> int | None:
        """As people count, from 1."""
        return None if self.accrual.tier is None else self.accrual.tier + 1

    @property
    def pays(self) -> str:
        """What the tier that was reached pays, in words."""
        return "" if self.accrual.tier is None else tier_pays(self.rules, self.accrual.tier)


def ladders(*, practice_id: UUID, day: date) -> list[Ladder]:
    """Of programs that look at the practice's own spending, in the periods that `day` is in; the nearest tier first."""
    found = [_ladder(*one) for one in _accruals(practice_id, day) if one[1].measured is not Measured.GROUP]
    # Money and units do not compare: the part of the way that is left does.
    return sorted(found, key=lambda one: (not one.to_next, -one.x, one.vendor, one.accrual.program.name))


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
            pays=tier_pays(rules, place),
            at=ats[place],
            begins=at_in_words(ats[place], rules),
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


def _to_next(accrual: Accrual) -> int | None:
    """Minor units, or units, whichever tiers are counted in."""
    return accrual.to_next_minor if accrual.to_next_units is None else accrual.to_next_units


def _own(accrual: Accrual, rules: Rules) -> int:
    """What counts of the period, in what tiers are counted in; of a part of a unit, what is whole."""
    if rules.schedule.counted is Counted.UNITS:
        return int(accrual.base_units or 0)
    return accrual.base_minor


def _reached(accrual: Accrual, rules: Rules) -> int:
    """What decides the tier, in what tiers are counted in: without the months before, of a moving total what is known
    of it."""
    missing = _to_next(accrual)
    if rules.measured is Measured.TRAILING and missing is not None:
        following = 0 if accrual.tier is None else accrual.tier + 1
        return rounded(rules.schedule.tiers[following].at) - missing
    return _own(accrual, rules)


def _at(accrual: Accrual, rules: Rules, place: int, reached: int) -> int:
    at = rules.schedule.tiers[place].at
    if rules.measured is not Measured.GROWTH:
        return rounded(at)
    before = _year_before(accrual, rules, 0 if accrual.tier is None else accrual.tier + 1)
    return reached if before is None else rounded(at * before)


def _year_before(accrual: Accrual, rules: Rules, following: int) -> Fraction | None:
    """What growth is measured against, in what tiers are counted in: the bound to reach is so many times that, and lies
    where the missing amount ends. None where no bound is left, or the one that is says nothing of the year before."""
    missing = _to_next(accrual)
    if missing is None or following >= len(rules.schedule.tiers):
        return None
    times = rules.schedule.tiers[following].at
    return Fraction(_own(accrual, rules) + missing) / times if times else None


def _brings(accrual: Accrual, rules: Rules, following: int) -> int | None:
    """What reaching the next tier adds to the rebate; None where it cannot be told."""
    missing, schedule = _to_next(accrual), rules.schedule
    if missing is None or rules.measured is Measured.GROUP:
        return None
    then, rate = _own(accrual, rules) + missing, schedule.tiers[following].rate
    if schedule.pays is Pays.ONCE:
        reward = rate
    elif schedule.paid_on is not schedule.counted:
        # What is still to be bought costs, or is so many units, as nobody can tell.
        return None
    elif schedule.way is Way.FLAT:
        reward = then * rate
    elif rules.measured is Measured.GROWTH:
        before = _year_before(accrual, rules, following)
        if before is None:
            return None
        by_parts = schedule.way is Way.MARGINAL
        reward = (
            schedule.of(before).marginal(0, then, beyond=True) if by_parts else max(then - before, Fraction(0)) * rate
        )
    else:
        begins = _reached(accrual, rules) - _own(accrual, rules)
        reward = schedule.marginal(begins, begins + then)
    return max(rounded(schedule.capped(Fraction(reward))) - accrual.cents, 0)


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
