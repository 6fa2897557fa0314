"""Two records of one person: the lot that was drawn first holds, also after the merge is taken back."""

from datetime import timedelta

import pytest

from loyalty.holdouts.counted import seen
from loyalty.models import HoldoutPatient
from loyalty.patients.merging.merge import merge
from loyalty.patients.merging.undo import undo_merge


@pytest.fixture
def two(started, drawn, completed, now):
    """The first record was drawn to be held out, the second, later, to be contacted."""
    holdout = started()
    first, second = drawn(holdout, held=True), drawn(holdout, held=False)
    completed(patient_id=first.id)
    completed(patient_id=second.id, at=now + timedelta(days=1))
    return holdout, first, second


def lots():
    return dict(HoldoutPatient.objects.values_list("patient_id", "is_held"))


@pytest.mark.parametrize("survivor", [0, 1])
def test_the_earliest_lot_holds(two, completed, now, survivor):
    holdout, *people = two
    before = lots()
    kept, gone = people[survivor], people[1 - survivor]
    made = merge(patient_id=kept.id, merged_id=gone.id, take=(), by_person_id=None, now=now + timedelta(days=2))
    assert lots()[kept.id] is True
    found = seen(holdout, today=holdout.ends_on)
    assert (found.held.joined, found.contacted.joined) == (1, 0)
    later = completed(patient_id=kept.id, at=now + timedelta(days=3))
    assert later.touchpoints.filter(kind="note").count() == 0
    undo_merge(merge_id=made.id, by_person_id=None, now=now + timedelta(days=4))
    assert lots() == before
