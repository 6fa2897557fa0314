"""A small worked example of what a program pays: by the same arithmetic that works out what members earn."""

from dataclasses import dataclass
from fractions import Fraction

from billing.purchasing.accrual import Line, Measured, Reach, accrue
from billing.purchasing.models import Every
from billing.purchasing.programs.periods import period_of
from billing.purchasing.programs.terms import Terms
from billing.purchasing.schedule import Counted, Schedule
from core.money import DIGITS

# What the example takes a member to have bought before, or beside the others, in whole units of the currency; and what
# a unit of an item costs.
_BEFORE, _OWN, _PRICE = 100_000, 20_000, 100


@dataclass(frozen=True, slots=True)
class Example:
    """measure: what decides the tier, in what tiers are counted in. bought: by the member in the period, in what is
    paid on: minor units, or units. tier: from 1; None below the first. cents: what it gets."""

    measure: int
    bought: int
    tier: int | None
    cents: int


@dataclass(frozen=True, slots=True)
class Basis:
    """What the example stands on. before: bought the year before, in what tiers are counted in. own: bought by the
    member beside the others, price: of a unit, in minor units. 0 where it is not looked at."""

    before: int
    own: int
    price: int


def worked(terms: Terms, schedule: Schedule, *, currency: str) -> list[Example]:
    """One cent, or one unit, below the first tier, where each tier begins, and half as much again above the last."""
    on = basis(terms, schedule, currency=currency)
    ats = [tier.at * (on.before or 1) for tier in schedule.tiers]
    usual = _BEFORE // _PRICE if schedule.counted is Counted.UNITS else _BEFORE * 10 ** DIGITS[currency]
    measures = [*(at.__ceil__() for at in ats), (ats[-1] * Fraction(3, 2)).__ceil__() or usual]
    if measures[0] > 0:
        measures.insert(0, measures[0] - 1)
    return [_example(measure, terms, schedule, on) for measure in measures]


def basis(terms: Terms, schedule: Schedule, *, currency: str) -> Basis:
    one = 10 ** DIGITS[currency]
    in_units = schedule.counted is Counted.UNITS
    before = _BEFORE // _PRICE if in_units else _BEFORE * one
    return Basis(
        before=before if terms.measured == Measured.GROWTH else 0,
        own=_OWN * one if terms.measured == Measured.GROUP else 0,
        price=_PRICE * one if schedule.needs_units and schedule.counted is not schedule.paid_on else 0,
    )


def _example(measure: int, terms: Terms, schedule: Schedule, on: Basis) -> Example:
    match measured := Measured(terms.measured):
        case Measured.VOLUME:
            bought, reach = measure, Reach()
        case Measured.GROWTH:
            bought, reach = measure, Reach(before=on.before)
        case Measured.TRAILING:
            # Of the twelve months that end with a quarter a fourth part lies in it; a year has them all.
            bought = measure * Every(terms.every).months // 12
            reach = Reach(before=measure - bought)
        case Measured.GROUP:
            bought = min(on.own, measure)
            reach = Reach(together=measure)
    minor, units = _both(bought, schedule, on.price)
    period = period_of(terms.every, terms.from_day, month=terms.from_day.month)
    found = accrue(
        [Line("one", period.first, minor, units=units)],
        period=period,
        schedule=schedule,
        measured=measured,
        reach=reach,
    )
    paid_on = units if schedule.paid_on is Counted.UNITS else minor
    return Example(measure, paid_on, None if found.tier is None else found.tier + 1, found.cents)


def _both(bought: int, schedule: Schedule, price: int) -> tuple[int, int]:
    """In minor units, and in whole units of items."""
    if not price:
        return (0, bought) if schedule.counted is Counted.UNITS else (bought, 0)
    return (bought * price, bought) if schedule.counted is Counted.UNITS else (bought, bought // price)
