"""Each rule of disclosure control: a cell that only it hides, and the same cell on the other side of its limit."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.benchmarks import rules
from loyalty.benchmarks.disclosure import (
    QUANTILE_CHECKS,
    TOTAL_CHECKS,
    Cell,
    Publish,
    PublishTotal,
    Suppressed,
    changed_contributors,
    may_contribute,
    objection,
    quantile_cell,
    total_cell,
)
from loyalty.benchmarks.quantiles import smoothed
from loyalty.metrics.definitions import DEFINITIONS

SHARE = DEFINITIONS["note_coverage"]


def practices(*numbers):
    return frozenset(UUID(int=number) for number in numbers)


def ten_to(stop, start=0):
    return practices(*range(start, stop))


def cell(contributors, values=None, **around):
    ordered = sorted(contributors)
    values = values or [40.0 + place for place in range(len(ordered))]
    return Cell(values=dict(zip(ordered, values, strict=True)), **around)


QUANTILE_CASES = {
    "nine practices": (rules.FEW, cell(ten_to(9)), cell(ten_to(10))),
    "nine practices would be left outside": (
        rules.REST,
        cell(ten_to(12), supersets=[ten_to(21)]),
        cell(ten_to(12), supersets=[ten_to(22)]),
    ),
    "the group is the whole of the larger one": (
        rules.REST,
        cell(ten_to(12), supersets=[ten_to(12)]),
        cell(ten_to(12), supersets=[]),
    ),
    "one of several larger groups is too close": (
        rules.REST,
        cell(ten_to(12), supersets=[ten_to(40), ten_to(20)]),
        cell(ten_to(12), supersets=[ten_to(40), ten_to(30)]),
    ),
    "the group is not inside the larger one": (
        rules.REST,
        cell(ten_to(12), supersets=[ten_to(30, start=1)]),
        cell(ten_to(12), supersets=[ten_to(30)]),
    ),
    "a group of another kind holds this one and one more": (
        rules.REST,
        cell(ten_to(11), crossing=[ten_to(12)]),
        cell(ten_to(11), crossing=[ten_to(11), ten_to(21)]),
    ),
    "this one holds a group of another kind and nine more": (
        rules.REST,
        cell(ten_to(19), crossing=[ten_to(10)]),
        cell(ten_to(20), crossing=[ten_to(10)]),
    ),
    "a group of another kind shares three practices with this one": (
        rules.REST,
        cell(ten_to(20), crossing=[ten_to(40, start=17)]),
        cell(ten_to(20), crossing=[ten_to(40, start=10)]),
    ),
    "a group of another kind has all but nine of this one": (
        rules.REST,
        cell(ten_to(29), crossing=[ten_to(60, start=9)]),
        cell(ten_to(30), crossing=[ten_to(60, start=10)]),
    ),
    "this one has all but nine of a group of another kind": (
        rules.REST,
        cell(ten_to(30), crossing=[ten_to(39, start=15)]),
        cell(ten_to(30), crossing=[ten_to(40, start=15)]),
    ),
    "two groups of different kinds leave nine practices of the larger one": (
        rules.REST,
        cell(ten_to(30), supersets=[ten_to(59)], crossing=[ten_to(50, start=15)]),
        cell(ten_to(30), supersets=[ten_to(60)], crossing=[ten_to(50, start=15)]),
    ),
    "two groups of one kind leave one practice of the larger one": (
        rules.REST,
        cell(ten_to(12), supersets=[ten_to(25)], siblings=[ten_to(24, start=12)]),
        cell(ten_to(12), supersets=[ten_to(34)], siblings=[ten_to(24, start=12)]),
    ),
    "two groups of one kind leave one practice of a group of another kind": (
        rules.REST,
        cell(ten_to(12), siblings=[ten_to(24, start=12), ten_to(60, start=40)], crossing=[ten_to(25)]),
        cell(ten_to(12), siblings=[ten_to(24, start=12), ten_to(60, start=40)], crossing=[ten_to(24)]),
    ),
    "two groups of another kind leave one practice of this one": (
        rules.REST,
        cell(ten_to(25), crossing=[ten_to(12), ten_to(24, start=12)]),
        cell(ten_to(24), crossing=[ten_to(12), ten_to(24, start=12)]),
    ),
    "a group of another kind held this one and four more last quarter": (
        rules.HELD,
        cell(ten_to(11), elsewhere=[ten_to(15)]),
        cell(ten_to(11), elsewhere=[ten_to(16), ten_to(15, start=2)]),
    ),
    "somebody joined within the quarter": (
        rules.HELD,
        cell(ten_to(13), this_quarter=ten_to(10)),
        cell(ten_to(10), this_quarter=ten_to(10)),
    ),
    "somebody stopped within the quarter": (
        rules.HELD,
        cell(ten_to(12), this_quarter=ten_to(16)),
        cell(ten_to(16), this_quarter=ten_to(16)),
    ),
    "four joined since the last quarter": (
        rules.HELD,
        cell(ten_to(14), earlier=[ten_to(10)]),
        cell(ten_to(15), earlier=[ten_to(10)]),
    ),
    "four left when five joined": (
        rules.HELD,
        cell(ten_to(17, start=4), earlier=[ten_to(12)]),
        cell(ten_to(17, start=5), earlier=[ten_to(12)]),
    ),
    "four joined when five left": (
        rules.HELD,
        cell(ten_to(19, start=5), earlier=[ten_to(15)]),
        cell(ten_to(20, start=5), earlier=[ten_to(15)]),
    ),
    "five joined, four of them in a group that was shown before": (
        rules.HELD,
        cell(ten_to(20), earlier=[ten_to(15)], elsewhere=[ten_to(19, start=9)]),
        cell(ten_to(20), earlier=[ten_to(15)], elsewhere=[ten_to(20, start=9), ten_to(15, start=5)]),
    ),
    "five left, four of them out of a group that was shown before": (
        rules.HELD,
        cell(ten_to(40, start=5), earlier=[ten_to(40)], elsewhere=[ten_to(25, start=1)]),
        cell(ten_to(40, start=5), earlier=[ten_to(40)], elsewhere=[ten_to(25)]),
    ),
    "two groups of another kind part ten who joined into five, four and one": (
        rules.HELD,
        cell(ten_to(60), earlier=[ten_to(50)], siblings=[practices(50, 51, 52, 53, 54), practices(55, 56, 57, 58)]),
        cell(ten_to(60), earlier=[ten_to(50)], siblings=[practices(50, 51, 52, 53, 54), practices()]),
    ),
    "this one has four of five who joined another": (
        rules.HELD,
        cell(ten_to(24, start=10), changes=[ten_to(25, start=20)]),
        cell(ten_to(25, start=10), changes=[ten_to(25, start=20), ten_to(30, start=25)]),
    ),
    "an older set is only one practice away": (
        rules.HELD,
        cell(ten_to(12), earlier=[ten_to(17), ten_to(11)]),
        cell(ten_to(12), earlier=[ten_to(17), ten_to(12)]),
    ),
}

EVEN = [10.0] * 12
TOTAL_CASES = {
    **QUANTILE_CASES,
    "an amount is negative": (
        rules.NEGATIVE,
        cell(ten_to(12), [*EVEN[:-1], -1.0]),
        cell(ten_to(12), [*EVEN[:-1], 1.0]),
    ),
    "nobody has anything": (rules.ZERO, cell(ten_to(12), [0.0] * 12), cell(ten_to(12), EVEN)),
    "one has more than a quarter": (
        rules.DOMINANT,
        cell(ten_to(10), [30.1] + [10.0] * 9),
        cell(ten_to(10), [30.0] + [10.0] * 9),
    ),
    "two with the next largest know the largest": (
        rules.PAIR,
        cell(ten_to(13), [40.0, 30.0, 25.0, 3.9] + [0.0] * 9),
        cell(ten_to(13), [25.0, 25.0, 25.0, 25.0] + [0.0] * 9),
    ),
}


@pytest.mark.parametrize(("rule", "hidden", "shown"), QUANTILE_CASES.values(), ids=QUANTILE_CASES)
def test_a_rule_hides_a_cell_of_quantiles_and_only_on_its_side_of_the_limit(rule, hidden, shown):
    assert quantile_cell(hidden, SHARE) == Suppressed(rule)
    assert isinstance(quantile_cell(shown, SHARE), Publish)


@pytest.mark.parametrize(("rule", "hidden", "shown"), QUANTILE_CASES.values(), ids=QUANTILE_CASES)
def test_without_the_rule_its_cell_of_quantiles_would_be_published(rule, hidden, shown):
    remaining = [check for check in QUANTILE_CHECKS if check[0] != rule]
    assert objection(hidden, remaining) is None


@pytest.mark.parametrize(("rule", "hidden", "shown"), TOTAL_CASES.values(), ids=TOTAL_CASES)
def test_a_rule_hides_a_total_and_only_on_its_side_of_the_limit(rule, hidden, shown):
    assert total_cell(hidden) == Suppressed(rule)
    assert isinstance(total_cell(shown), PublishTotal)


@pytest.mark.parametrize(
    ("rule", "hidden", "shown"),
    [case for case in TOTAL_CASES.values() if case[0] != rules.PAIR],
    ids=[name for name, case in TOTAL_CASES.items() if case[0] != rules.PAIR],
)
def test_without_the_rule_its_total_would_be_published(rule, hidden, shown):
    assert objection(hidden, [check for check in TOTAL_CHECKS if check[0] != rule]) is None


@pytest.mark.parametrize(("left", "rule"), [(3.9, rules.PAIR), (4.0, rules.DOMINANT)])
def test_a_tenth_of_the_largest_must_be_left_to_a_pair(left, rule):
    # One at 40 is over a quarter either way; the more telling rule is named first.
    assert total_cell(cell(ten_to(13), [40.0, 30.0, 25.0, left] + [0.0] * 9)) == Suppressed(rule)


@given(st.lists(st.floats(0, 1e6), min_size=10, max_size=40))
def test_no_pair_can_bound_the_largest_of_a_published_total(values):
    ordered = sorted(values, reverse=True)
    if isinstance(total_cell(cell(ten_to(len(values)), values)), PublishTotal):
        # The two next largest know the sum of all others, so they know the largest to within the rest.
        assert sum(ordered[3:]) >= 0.10 * ordered[0]
        assert ordered[0] <= 0.25 * sum(values) * (1 + 1e-12)


def test_a_published_cell_has_smoothed_quantiles_and_a_rounded_count():
    contributors = ten_to(63)
    decided = quantile_cell(cell(contributors), SHARE)
    assert decided == Publish(smoothed([40.0 + place for place in range(63)], SHARE), 60)


def test_a_published_total_is_the_sum():
    assert total_cell(cell(ten_to(12), EVEN)) == PublishTotal(120.0, 10)


@pytest.mark.parametrize(("count", "shown"), [(10, 10), (14, 10), (15, 15), (63, 60), (64, 60), (65, 65)])
def test_the_number_of_contributors_is_rounded_down_to_five(count, shown):
    assert rules.shown_count(count) == shown


@pytest.mark.parametrize(
    ("denominator", "patients", "allowed"),
    [(11, 11, True), (10, 11, False), (11, 10, False), (400, 10, False), (400, 11, True)],
)
def test_only_aggregates_of_eleven_people_leave_a_practice(denominator, patients, allowed):
    assert may_contribute(denominator=denominator, patients=patients) is allowed


NOW = datetime(2026, 11, 9, tzinfo=UTC)


def stamps(*numbers, later=()):
    return {UUID(int=n): NOW + timedelta(days=1 if n in later else 0) for n in numbers}


@pytest.mark.parametrize(
    ("after", "changed"),
    [
        (stamps(1, 2, 3, 4), ()),
        (stamps(1, 2, 3, 4, later=(2, 3)), (2, 3)),
        (stamps(1, 2, 3, 4, later=(2, 3, 4)), (2, 3, 4)),
        (stamps(1, 2, 3, later=(2, 3)), (2, 3, 4)),
        (stamps(1, 2, 3, 4, 5), (5,)),
    ],
)
def test_who_changed_joined_or_stopped_has_changed(after, changed):
    assert changed_contributors(stamps(1, 2, 3, 4), after) == practices(*changed)


@pytest.mark.parametrize("rule", rules.RULES.values(), ids=rules.RULES)
def test_every_rule_is_found_by_its_key_and_says_itself_in_plain_words(rule):
    assert rules.RULES[rule.key] is rule
    assert rule.sentence.endswith(".")
    assert len(rule.title) <= 24


def test_every_rule_that_hides_is_in_the_table_that_people_read():
    used = {rule for rule, _ in (*TOTAL_CHECKS, *QUANTILE_CHECKS)} | {rules.SMALL, rules.CORRECTIONS}
    assert used == set(rules.RULES.values())
