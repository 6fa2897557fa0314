"""Where each visit stands, found by its key: whatever keys there are, also those that end with the same bits."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from loyalty.metrics.columns import ByKey

WHOLE = st.integers(-(2**63), 2**63 - 1)
# Keys that differ in their first bits only, and want the same slot.
ALIKE = st.integers(-8, 7).map(lambda number: number << 59)


def positions(known, asked):
    return ByKey.of(np.array(known, dtype=np.int64)).position(np.array(asked, dtype=np.int64)).tolist()


@given(st.lists(WHOLE | ALIKE, unique=True), st.lists(WHOLE | ALIKE))
def test_each_key_is_found_where_it_stands_and_others_nowhere(known, strangers):
    asked = [*known, *strangers]
    where = {key: place for place, key in enumerate(known)}
    assert positions(known, asked) == [where.get(key, -1) for key in asked]


def test_keys_that_want_the_same_slot_are_told_apart():
    known = [number << 59 for number in range(-8, 8)]
    assert positions(known, [*reversed(known), 1, 2**58]) == [*reversed(range(16)), -1, -1]


def test_among_no_visits_nothing_is_found():
    assert positions([], [0, 1]) == [-1, -1]
