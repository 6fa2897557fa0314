"""A small worked example of what a program pays: by the same arithmetic that works out what members earn."""

from dataclasses import dataclass
from fractions import Fraction

from billing.purchasing.accrual import Line, Measured, Period, Reach, accrue
from billing.purchasing.models import Every
from billing.purchasing.programs.periods import period_of
from billing.purchasing.programs.terms import Terms
from billing.purchasing.schedule import Schedule
from core.money import DIGITS

# What the example takes a member to have bought before, or beside the others, in whole units of the currency.
_BEFORE, _OWN = 100_000, 20_000


@dataclass(frozen=True, slots=True)
class Example:
    """measure: what decides the tier, minor units. bought: by the member in the period. tier: from 1; None below the
    first. cents: what it gets."""

    measure: int
    bought: int
    tier: int | None
    cents: int


def worked(terms: Terms, schedule: Schedule, *, currency: str) -> list[Example]:
    """One cent below the first tier, where each tier begins, and half as much again above the last."""
    measured, one = Measured(terms.measured), 10 ** DIGITS[currency]
    period = period_of(terms.every, terms.from_day, month=terms.from_day.month)
    ats = [tier.at * (_BEFORE * one if measured is Measured.GROWTH else 1) for tier in schedule.tiers]
    measures = [*(at.__ceil__() for at in ats), (ats[-1] * Fraction(3, 2)).__ceil__() or _BEFORE * one]
    if measures[0] > 0:
        measures.insert(0, measures[0] - 1)
    return [_example(measure, terms, period, schedule, one) for measure in measures]


def basis(terms: Terms) -> tuple[int, int]:
    """(bought the year before, bought by the member beside the others), in whole units of the currency."""
    return (
        _BEFORE if terms.measured == Measured.GROWTH else 0,
        _OWN if terms.measured == Measured.GROUP else 0,
    )


def _example(measure: int, terms: Terms, period: Period, schedule: Schedule, one: int) -> Example:
    match measured := Measured(terms.measured):
        case Measured.VOLUME:
            bought, reach = measure, Reach()
        case Measured.GROWTH:
            bought, reach = measure, Reach(before=_BEFORE * one)
        case Measured.TRAILING:
            # Of a quarter's twelve months a fourth part lies in it; a year has them all.
            bought = measure // 4 if terms.every == Every.QUARTER else measure
            reach = Reach(before=measure - bought)
        case Measured.GROUP:
            bought = min(_OWN * one, measure)
            reach = Reach(together=measure)
    found = accrue(
        [Line("one", period.first, bought)], period=period, schedule=schedule, measured=measured, reach=reach
    )
    return Example(measure, bought, None if found.tier is None else found.tier + 1, found.cents)
