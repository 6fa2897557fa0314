"""Who counts in a cell, quarter after quarter: who is new waits, and beside who left others stand aside."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loyalty.benchmarks.contributors import choose_contributors
from loyalty.benchmarks.disclosure import Cell, Publish, quantile_cell
from loyalty.metrics.definitions import DEFINITIONS


def practices(text):
    """Practices by letter: "abc"."""
    return frozenset(UUID(int=ord(letter)) for letter in text)


TWELVE = "abcdefghijkl"


@pytest.mark.parametrize(
    ("case", "eligible", "this_quarter", "earlier", "chosen"),
    [
        ("first release: everybody counts", TWELVE, None, [], TWELVE),
        ("new quarter, five joined: everybody counts", TWELVE + "vwxyz", None, [TWELVE], TWELVE + "vwxyz"),
        ("new quarter, four joined: they wait", TWELVE + "wxyz", None, [TWELVE], TWELVE),
        ("new quarter, nobody changed", TWELVE, None, [TWELVE], TWELVE),
        (
            "new quarter, four joined and five left: seven would be left, and there is nothing to fall back on",
            TWELVE[5:] + "wxyz",
            None,
            [TWELVE],
            TWELVE[5:] + "wxyz",
        ),
        ("new quarter, one of twelve left: too few could stand aside", TWELVE[1:], None, [TWELVE], TWELVE[1:]),
        (
            "too close to an older set: the latest counts again",
            TWELVE + "uvwxyz",
            None,
            [TWELVE + "uvwxy", TWELVE],
            TWELVE + "uvwxy",
        ),
        ("within the quarter newcomers wait", TWELVE + "xyz", TWELVE, [TWELVE], TWELVE),
        ("within the quarter whoever stopped is missing", TWELVE[1:], TWELVE, [TWELVE], TWELVE[1:]),
    ],
)
def test_these_practices_count(case, eligible, this_quarter, earlier, chosen):
    fixed = practices(this_quarter) if this_quarter is not None else None
    found = choose_contributors(
        reporting=practices(eligible),
        eligible=practices(eligible),
        this_quarter=fixed,
        earlier=[practices(before) for before in earlier],
    )
    assert found == practices(chosen)


def test_whoever_moves_to_another_region_within_a_quarter_still_counts_in_the_old_one():
    found = choose_contributors(
        reporting=practices(TWELVE),
        eligible=practices(TWELVE[1:]),
        this_quarter=practices(TWELVE),
        earlier=[practices(TWELVE)],
    )
    assert found == practices(TWELVE)


SIXTEEN = practices("abcdefghijklmnop")
SOUTH, NORTH = practices("abcdefgh"), practices("ijklmnop")


def choose(eligible, *earlier, draw="2027-01", **groups):
    return choose_contributors(
        reporting=eligible, eligible=eligible, this_quarter=None, earlier=earlier, draw=draw, **groups
    )


def test_where_one_leaves_four_others_stand_aside():
    there = SIXTEEN - practices("a")
    chosen = choose(there, SIXTEEN)
    assert chosen < there
    assert len(SIXTEEN - chosen) == 5


def test_where_one_leaves_and_five_join_the_five_count_at_once():
    new = practices("vwxyz")
    chosen = choose((SIXTEEN - practices("a")) | new, SIXTEEN)
    assert new < chosen
    assert len(SIXTEEN - chosen) == 5


def test_where_one_leaves_and_four_join_the_four_wait():
    chosen = choose((SIXTEEN - practices("a")) | practices("wxyz"), SIXTEEN)
    assert chosen == choose(SIXTEEN - practices("a"), SIXTEEN)


def test_the_lot_is_the_same_all_quarter_and_another_one_in_the_next():
    there = SIXTEEN - practices("a")
    lots = {choose(there, SIXTEEN, draw=f"quarter {number}") for number in range(12)}
    assert len(lots) > 3
    assert choose(there, SIXTEEN, draw="quarter 1") == choose(there, SIXTEEN, draw="quarter 1")


@pytest.mark.parametrize("known", [{"here": [SOUTH]}, {"elsewhere": [SOUTH]}, {"elsewhere": [SOUTH, NORTH]}])
def test_who_stands_aside_is_of_the_group_of_who_left_or_the_group_would_part_them(known):
    for number in range(4):
        chosen = choose(SIXTEEN - practices("a"), SIXTEEN, draw=f"quarter {number}", **known)
        assert chosen > NORTH
        assert len(SOUTH - chosen) == 5


def test_of_several_groups_who_stands_aside_is_told_apart_by_none_if_it_can_be():
    both = practices("abcde")
    assert choose(SIXTEEN - practices("a"), SIXTEEN, elsewhere=[SOUTH, both]) == SIXTEEN - both


def test_where_a_group_has_too_few_to_stand_aside_nobody_does_and_control_decides():
    few = practices("abcd")
    there = SIXTEEN - practices("a")
    assert choose(there, SIXTEEN, elsewhere=[few]) == there


def test_of_two_groups_that_one_left_each_five_leave_each():
    everybody = SIXTEEN | practices("qrstuvwxyz")
    north = everybody - SOUTH
    chosen = choose(everybody - practices("az"), everybody, elsewhere=[SOUTH])
    assert (len(SOUTH - chosen), len(north - chosen)) == (5, 5)


def test_who_joins_one_group_alone_waits_where_that_would_tell_them_apart():
    new = practices("uvwxyz")
    west = practices("u") | NORTH
    assert choose(SIXTEEN | new, SIXTEEN, elsewhere=[west]) == SIXTEEN | (new - practices("u"))


def test_five_and_five_whom_the_groups_of_the_month_part_together_wait():
    """Each group by itself has five of the ten; the two of one month, held together, part them into pieces of two and
    three."""
    new, south, large = practices("qrstuvwxyz"), practices("qrstu"), practices("qrvwx")
    assert choose(SIXTEEN | new, SIXTEEN, elsewhere=[south, large]) == SIXTEEN | new
    assert choose(SIXTEEN | new, SIXTEEN, here=[south, large]) == SIXTEEN


def test_who_stands_aside_goes_on_to_and_nobody_else_has_to():
    there, new = SIXTEEN - practices("a"), practices("vwxyz")
    first = choose(there, SIXTEEN)
    assert choose(there, first, SIXTEEN, draw="2027-04") == first
    # Where five join by then, they count, and it is still the same who do not.
    assert choose(there | new, first, SIXTEEN, draw="2027-04") == first | new


def test_who_stood_aside_counts_again_with_one_more_once_no_window_overlaps():
    there = SIXTEEN - practices("a")
    first = choose(there, SIXTEEN)
    assert choose(there, first, draw="2028-01") == first
    assert choose(there | practices("z"), first, draw="2028-01") == there | practices("z")


def test_who_left_for_a_while_comes_back_with_those_who_stood_aside():
    first = choose(SIXTEEN - practices("a"), SIXTEEN)
    assert choose(SIXTEEN, first, SIXTEEN, draw="2027-04") == SIXTEEN


@given(st.lists(st.frozensets(st.integers(0, 25), min_size=8), min_size=1, max_size=24))
def test_however_the_network_changes_one_to_four_join_or_leave_no_published_set(months):
    published = []
    fixed = None
    for number, present in enumerate(months):
        if number % 3 == 0:
            fixed = None
        reporting = frozenset(UUID(int=n) for n in present)
        earlier = published[::-1]
        chosen = choose_contributors(
            reporting=reporting, eligible=reporting, this_quarter=fixed, earlier=earlier, draw=str(number // 3)
        )
        cell = Cell(values=dict.fromkeys(chosen, 50.0), this_quarter=fixed, earlier=earlier)
        if isinstance(quantile_cell(cell, DEFINITIONS["note_coverage"]), Publish):
            fixed = fixed or chosen
            assert chosen == fixed
            published.append(chosen)
    assert all(len(a - b) not in (1, 2, 3, 4) for a in published for b in published)
    assert all(len(a) >= 10 for a in published)
