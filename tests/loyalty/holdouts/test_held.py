"""Who is held out gets nothing of the kind from the playbook; the lot is drawn once, before anything is planned."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from loyalty.drifting.plan import plan_drifting
from loyalty.models import HoldoutPatient, Touchpoint, Trigger
from loyalty.occasions.plan import plan_occasions
from loyalty.touchpoints.plan import plan
from loyalty.visits.cancel import cancel
from tests.rooms.drifting import drift_of


def of_kind(patient, kind):
    return Touchpoint.objects.filter(patient=patient, kind=kind).exclude(state="cancelled").count()


def test_whoever_is_drawn_gets_no_note_and_the_others_do(started, drawn, completed):
    holdout = started()
    out, others = drawn(holdout, held=True), drawn(holdout, held=False)
    for one in (out, others):
        completed(patient_id=one.id)
    assert (of_kind(out, "note"), of_kind(others, "note")) == (0, 1)
    assert dict(HoldoutPatient.objects.values_list("patient_id", "is_held")) == {out.id: True, others.id: False}
    assert Entry.objects.filter(verb="holdout.joined", subject_id=holdout.id).count() == 2


def test_the_first_visit_is_the_one_that_counts(started, drawn, completed, now):
    out = drawn(started(), held=True)
    first = completed(patient_id=out.id)
    completed(patient_id=out.id, at=now + timedelta(days=40))
    lot = HoldoutPatient.objects.get()
    assert (lot.visit, lot.day) == (first, date(2026, 11, 23))
    assert of_kind(out, "note") == 0


def test_a_lot_that_was_drawn_stays(started, drawn, completed):
    out = drawn(started(), held=True)
    completed(patient_id=out.id)
    with pytest.raises(IntegrityError, match="drawn once"), transaction.atomic():
        HoldoutPatient.objects.update(is_held=False)


def test_nothing_else_is_held_out_with_it(started, drawn, booked, now):
    out = drawn(started(), held=True)
    booked(patient_id=out.id)
    assert of_kind(out, "preview") == 1


def test_a_preview_is_held_out_from_the_booking_on(started, drawn, booked):
    out = drawn(started(kind="preview"), held=True)
    visit = booked(patient_id=out.id)
    cancel(visit_id=visit.id, now=visit.booked_at)
    booked(patient_id=out.id)
    assert of_kind(out, "preview") == 0
    assert HoldoutPatient.objects.get().day == visit.day


def test_whoever_could_not_come_back_in_time_joins_no_more_and_is_contacted(started, drawn, completed, now):
    holdout = started()
    last, late = drawn(holdout, held=True), drawn(holdout, held=True)
    joins_until = now + timedelta(days=(holdout.ends_on - holdout.starts_on).days - 90)
    completed(patient_id=last.id, at=joins_until)
    completed(patient_id=late.id, at=joins_until + timedelta(days=1))
    assert (of_kind(last, "note"), of_kind(late, "note")) == (0, 1)
    # Who is in it stays out until the last day, and not a day longer.
    completed(patient_id=last.id, at=joins_until + timedelta(days=90))
    assert of_kind(last, "note") == 0
    completed(patient_id=last.id, at=joins_until + timedelta(days=91))
    assert of_kind(last, "note") == 1


@pytest.mark.parametrize("never", ["deceased", "no_contact"])
def test_whoever_must_not_be_contacted_never_joins(started, drawn, completed, never, now):
    holdout = started()
    visit = completed()
    HoldoutPatient.objects.all().delete()
    Touchpoint.objects.all().delete()
    visit.patient = drawn(holdout, held=True)
    plan(Trigger.VISIT_COMPLETED, visit=visit, now=now)
    HoldoutPatient.objects.all().delete()
    setattr(visit.patient, never, True)
    plan(Trigger.VISIT_COMPLETED, visit=visit, now=now)
    assert not HoldoutPatient.objects.exists()
    assert not Touchpoint.objects.filter(kind="note").exists()


def test_an_erased_patient_takes_the_lot_along(started, drawn, completed):
    out = drawn(started(), held=True)
    completed(patient_id=out.id)
    HoldoutPatient.objects.get()
    out.visits.all().delete()
    out.delete()
    assert not HoldoutPatient.objects.exists()


def test_a_birthday_card_is_held_out(started, drawn, completed, now):
    holdout = started(kind="occasion")
    out, others = drawn(holdout, held=True), drawn(holdout, held=False)
    for one in (out, others):
        one.birth_year, one.birth_month, one.birth_day = 1976, 11, 28
        one.save()
        completed(patient_id=one.id, at=now - timedelta(days=60))
    assert plan_occasions(now=now) == 1
    assert (of_kind(out, "occasion"), of_kind(others, "occasion")) == (0, 1)
    assert plan_occasions(now=now + timedelta(days=1)) == 0


def test_a_drifting_patient_is_held_out_and_takes_nobodys_place(started, drawn, completed, now):
    holdout = started(kind="check_in")
    out = [drawn(holdout, held=True) for _ in range(6)]
    others = drawn(holdout, held=False)
    for place, one in enumerate([*out, others]):
        completed(patient_id=one.id, at=now - timedelta(weeks=23))
        drift = drift_of(one.id, now)
        # Those held out are worth most, so they come first.
        drift.worth = 9 - place
        drift.save()
    made = [plan_drifting(now=now + timedelta(days=night)) for night in range(3)]
    assert made == [0, 1, 0]
    assert of_kind(others, "check_in") == 1
    assert not any(of_kind(one, "check_in") for one in out)


def test_nothing_is_asked_where_nothing_is_held_out(completed, patient):
    completed()
    assert of_kind(patient, "note") == 1
    assert not HoldoutPatient.objects.exists()
