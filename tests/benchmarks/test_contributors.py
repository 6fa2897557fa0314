"""Who counts in a cell, quarter after quarter."""

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
            "new quarter, five joined and one left: nothing to fall back on",
            TWELVE[1:] + "vwxyz",
            None,
            [TWELVE],
            TWELVE[1:] + "vwxyz",
        ),
        (
            "new quarter, four joined and five left: they wait, and there is nothing to fall back on",
            TWELVE[5:] + "wxyz",
            None,
            [TWELVE],
            TWELVE[5:] + "wxyz",
        ),
        ("new quarter, one left: nothing to fall back on", TWELVE[1:], None, [TWELVE], TWELVE[1:]),
        (
            "too close to an older set: the latest counts again",
            TWELVE + "xy",
            None,
            [TWELVE + "x", TWELVE],
            TWELVE + "x",
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


@given(st.lists(st.frozensets(st.integers(0, 25), min_size=8), min_size=1, max_size=24))
def test_however_the_network_changes_one_to_four_join_or_leave_no_published_set(months):
    published = []
    fixed = None
    for number, present in enumerate(months):
        if number % 3 == 0:
            fixed = None
        reporting = frozenset(UUID(int=n) for n in present)
        earlier = published[::-1]
        chosen = choose_contributors(reporting=reporting, eligible=reporting, this_quarter=fixed, earlier=earlier)
        cell = Cell(values=dict.fromkeys(chosen, 50.0), this_quarter=fixed, earlier=earlier)
        if isinstance(quantile_cell(cell, DEFINITIONS["note_coverage"]), Publish):
            fixed = fixed or chosen
            assert chosen == fixed
            published.append(chosen)
    assert all(len(a - b) not in (1, 2, 3, 4) for a in published for b in published)
    assert all(len(a) >= 10 for a in published)
