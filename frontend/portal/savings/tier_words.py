"""Tiers on the pages of members: where one begins and what it pays, of the rules of a period."""

from fractions import Fraction

from billing.purchasing.accrual import Measured
from billing.purchasing.programs.in_force import Rules
from billing.purchasing.programs.tier_words import counted_in_words, pays_in_words
from billing.purchasing.programs.units import units_in_words
from billing.purchasing.schedule import Counted, Pays
from core.money import rounded
from frontend.templatetags.money import percent, whole_money


def tier_pays(rules: Rules, place: int) -> str:
    """place: of the tier, from 0. "2%", "$10.00 a vial", "$500.00"."""
    schedule, version = rules.schedule, rules.version
    pays = pays_in_words(schedule.tiers[place].rate, schedule.pays, version.program.contract.currency)
    return f"{pays} a {version.unit}" if schedule.pays is Pays.EACH else pays


def in_words(count: int, rules: Rules) -> str:
    """So much of what tiers are counted in: "$1,240.00", "12 vials"."""
    version = rules.version
    currency = version.program.contract.currency
    return counted_in_words(count, counted=rules.schedule.counted, unit=version.unit, currency=currency)


def at_in_words(at: int, rules: Rules) -> str:
    """A bound, without cents that do not matter: "$5,000", "100 vials"."""
    if rules.schedule.counted is Counted.UNITS:
        return units_in_words(at, rules.version.unit)
    return whole_money(at, rules.version.program.contract.currency)


def tier_begins(at: Fraction, rules: Rules) -> str:
    """Where a tier begins: "$5,000", "100 vials", or in growth "110% of the year before"."""
    if rules.measured is Measured.GROWTH:
        return f"{percent(at)} of the year before"
    return at_in_words(rounded(at), rules)
