from datetime import date
from fractions import Fraction

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.purchasing.accrual import Period
from billing.purchasing.models import ProgramVersion, RebateProgram
from billing.purchasing.programs.in_force import rules_for, rules_of, rules_on
from billing.purchasing.programs.periods import period_of, quarter_of
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db

SPRING, SUMMER = quarter_of(date(2026, 4, 1)), quarter_of(date(2026, 7, 1))


@pytest.fixture
def program() -> RebateProgram:
    return selling.program(selling.contract(selling.vendor()))


def test_the_newest_that_began_by_the_first_day_rules(program: RebateProgram) -> None:
    first = selling.version(program)
    second = selling.version(program, 2, from_day=date(2026, 7, 1))

    assert _version(program, SPRING) == first
    assert _version(program, SUMMER) == second


def test_of_one_day_the_highest_number_rules(program: RebateProgram) -> None:
    selling.version(program)
    selling.version(program, 2, from_day=date(2026, 7, 1))
    third = selling.version(program, 3, from_day=date(2026, 7, 1))

    assert _version(program, SUMMER) == third


def test_a_higher_number_of_an_earlier_day_does_not_rule_later_ones(program: RebateProgram) -> None:
    later = selling.version(program, 1, from_day=date(2026, 7, 1))
    earlier = selling.version(program, 2, from_day=date(2026, 1, 1))

    assert _version(program, SPRING) == earlier
    assert _version(program, SUMMER) == later


def test_before_the_first_version_nothing_rules(program: RebateProgram) -> None:
    selling.version(program, from_day=date(2026, 7, 1))

    assert rules_for(program, SPRING) is None


def test_a_program_of_years_has_no_quarters(program: RebateProgram) -> None:
    said = selling.version(program, every="year")

    assert rules_for(program, SPRING) is None
    assert _version(program, period_of("year", SPRING.first)) == said
    assert rules_of([program], SPRING.first) == {}
    assert rules_on([program], date(2026, 5, 5))[program.pk].period == period_of("year", SPRING.first)


def test_nothing_rules_before_the_contract_is_signed() -> None:
    unsigned = selling.program(selling.contract(selling.vendor(), signed=False))
    selling.version(unsigned)

    assert rules_for(unsigned, SPRING) is None


def test_the_rules_are_exact_and_know_their_items(program: RebateProgram) -> None:
    vendor = program.contract.vendor
    named, other = selling.item(vendor, "A"), selling.item(vendor, "B")
    selling.version(program, tiers=[("1.1", "0.0125")], measured="growth", items=[named], covers="listed")

    rules = rules_for(program, SPRING)

    assert rules is not None
    assert [(tier.at, tier.rate) for tier in rules.schedule.tiers] == [(Fraction(11, 10), Fraction(1, 80))]
    assert [rules.counts(one) for one in (named.pk, other.pk, None)] == [True, False, False]


@pytest.mark.parametrize(
    ("covers", "counted"), [("catalog", [False, True, False]), ("everything", [False, True, True])]
)
def test_what_is_listed_is_left_out_of_the_rest(program: RebateProgram, covers: str, counted: list[bool]) -> None:
    vendor = program.contract.vendor
    named, other = selling.item(vendor, "A"), selling.item(vendor, "B")
    selling.version(program, items=[named], covers=covers)

    rules = rules_for(program, SPRING)

    assert rules is not None
    assert [rules.counts(one) for one in (named.pk, other.pk, None)] == counted


def test_forty_programs_take_as_many_statements_as_one(program: RebateProgram) -> None:
    programs = [program, *(selling.program(program.contract, f"Rebate {number}") for number in range(39))]
    for one in programs:
        selling.version(one)
        selling.version(one, 2, from_day=date(2026, 4, 1))

    with CaptureQueriesContext(connection) as one_asked:
        rules_of([program], SPRING.first)
    with CaptureQueriesContext(connection) as all_asked:
        found = rules_of(programs, SPRING.first)

    assert {rules.version.number for rules in found.values()} == {2}
    assert len(found) == 40
    assert len(all_asked) == len(one_asked) == 3


def _version(program: RebateProgram, period: Period) -> ProgramVersion:
    rules = rules_for(program, period)
    assert rules is not None
    return rules.version
