"""What a hold-out has seen: by intention to treat, those whose time to come back is over."""

from datetime import timedelta

from loyalty.holdouts.contact_anyway import contact_anyway
from loyalty.holdouts.counted import Arm, seen
from loyalty.models import HoldoutPatient, Visit
from loyalty.touchpoints.notes import written
from tests.loyalty.holdouts.conftest import visit_on


def held_arm(holdout, *, days):
    return seen(holdout, today=holdout.starts_on + timedelta(days=days)).held


def test_a_patient_is_known_when_the_last_day_to_come_back_is_over(started, arms):
    holdout = started()
    arms(holdout, contacted=(3, 2), held=(2, 1))
    assert held_arm(holdout, days=90) == Arm(joined=2, reached=0, known=0, returned=0)
    assert held_arm(holdout, days=91) == Arm(joined=2, reached=0, known=2, returned=1)


def test_only_another_completed_visit_on_another_day_in_time_is_coming_back(started, drawn, location):
    holdout = started()
    first = holdout.starts_on
    for days, fields in [
        (0, {}),
        (1, {}),
        (90, {}),
        (91, {}),
        (30, {"status": "no_show", "completed_at": None}),
        (30, {"status": "booked", "completed_at": None}),
    ]:
        one = drawn(holdout, held=True)
        HoldoutPatient.objects.create(holdout=holdout, patient=one, day=first, is_held=True)
        Visit.objects.bulk_create([visit_on(one, location, first + timedelta(days=days), **fields)])
    assert held_arm(holdout, days=200) == Arm(joined=6, reached=0, known=6, returned=2)


def test_the_visit_they_joined_with_is_not_coming_back_even_when_it_was_moved(started, drawn, location):
    holdout = started(kind="preview")
    one = drawn(holdout, held=True)
    visit = visit_on(one, location, holdout.starts_on + timedelta(days=20))
    Visit.objects.bulk_create([visit])
    HoldoutPatient.objects.create(holdout=holdout, patient=one, visit=visit, day=holdout.starts_on, is_held=True)
    assert held_arm(holdout, days=200).returned == 0


def test_whoever_got_one_all_the_same_counts_where_the_lot_put_them(started, drawn, completed, now):
    holdout = started()
    one = drawn(holdout, held=True)
    completed(patient_id=one.id)
    note = contact_anyway(lot_id=HoldoutPatient.objects.get().id, now=now)
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    assert held_arm(holdout, days=100) == Arm(joined=1, reached=1, known=1, returned=0)
