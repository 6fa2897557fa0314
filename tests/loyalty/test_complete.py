"""A visit is over, and the thank-you note is planned."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.feedback.record import record
from loyalty.models import (
    Patient,
    PlaybookRule,
    Staff,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
    VisitStatus,
)
from loyalty.visits.cancel import cancel
from loyalty.visits.complete import complete
from loyalty.visits.no_show import no_show


def notes():
    return list(Touchpoint.objects.filter(kind=TouchpointKind.NOTE))


def test_the_moment_is_kept(treated, now):
    visit = Visit.objects.get(id=treated().id)
    assert (visit.status, visit.completed_at) == (VisitStatus.COMPLETED, now)


def test_a_note_is_due_within_48_hours_by_whoever_treated(treated, provider, now):
    visit = treated()
    (note,) = notes()
    assert note.due_at == now + timedelta(hours=48)
    assert (note.assigned_to, note.role, note.channel) == (provider, "provider", "card")
    assert (note.visit, note.day, note.state) == (visit, date(2026, 11, 23), TouchpointState.PLANNED)


def test_the_playbook_sets_the_hours_and_the_role(treated, now):
    PlaybookRule.objects.filter(kind=TouchpointKind.NOTE).update(delay=24, role="front_desk")
    treated()
    (note,) = notes()
    assert (note.due_at, note.role, note.assigned_to) == (now + timedelta(hours=24), "front_desk", None)


def test_a_rule_that_is_off_makes_no_note(treated):
    PlaybookRule.objects.filter(kind=TouchpointKind.NOTE).update(is_on=False)
    treated()
    assert notes() == []


def test_a_note_is_not_given_to_somebody_who_left(booked, provider, now):
    visit = booked(starts_at=now)
    Staff.objects.filter(id=provider.id).update(is_active=False)
    complete(visit_id=visit.id, now=now)
    assert notes()[0].assigned_to is None


def test_two_visits_on_one_day_make_one_note(completed, now):
    completed(at=now)
    completed(at=now + timedelta(hours=3))
    assert len(notes()) == 1


def test_a_note_not_written_this_time_is_not_asked_for_again_the_same_day(completed, now):
    completed(at=now)
    Touchpoint.objects.filter(kind=TouchpointKind.NOTE).update(state=TouchpointState.SKIPPED)
    completed(at=now + timedelta(hours=3))
    assert len(notes()) == 1


def test_the_next_day_makes_its_own_note(completed, now):
    completed(at=now)
    completed(at=now + timedelta(days=1))
    assert [note.day.day for note in sorted(notes(), key=lambda note: note.day)] == [23, 24]


def test_a_note_is_held_while_a_recovery_is_open(completed, now):
    earlier = completed(at=now - timedelta(days=3))
    record(visit_id=earlier.id, mode="staff", score=4, now=now - timedelta(days=3))
    completed(at=now)
    assert {note.state for note in notes()} == {TouchpointState.HELD}


def test_who_wants_no_contact_is_not_thanked(booked, patient, now):
    visit = booked(starts_at=now)
    Patient.objects.filter(id=patient.id).update(no_contact=True)
    complete(visit_id=visit.id, now=now)
    assert notes() == []


def test_the_dead_are_not_thanked(booked, patient, now):
    visit = booked(starts_at=now)
    Patient.objects.filter(id=patient.id).update(deceased=True)
    complete(visit_id=visit.id, now=now)
    assert notes() == []


def test_a_merged_record_is_not_thanked(booked, patient, make_patient, now):
    visit = booked(starts_at=now)
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Margaret Ellison"))
    complete(visit_id=visit.id, now=now)
    assert notes() == []


def test_imported_history_makes_no_note(booked, now):
    visit = booked(starts_at=now)
    Visit.objects.filter(id=visit.id).update(is_history=True)
    complete(visit_id=visit.id, now=now)
    assert notes() == []


def test_a_preview_nobody_made_is_called_off(booked, now):
    visit = booked(starts_at=now)
    complete(visit_id=visit.id, now=now)
    assert Touchpoint.objects.get(kind=TouchpointKind.PREVIEW).state == TouchpointState.CANCELLED


def test_an_open_recovery_of_the_same_visit_goes_on(booked, now):
    visit = booked(starts_at=now)
    Visit.objects.filter(id=visit.id).update(status=VisitStatus.ARRIVED, arrived_at=now)
    record(visit_id=visit.id, mode="staff", score=1, now=now)
    complete(visit_id=visit.id, now=now)
    assert Touchpoint.objects.get(kind=TouchpointKind.RECOVERY).state == TouchpointState.PLANNED


def test_the_first_visit_makes_them_a_patient_since_that_day(treated, patient):
    treated()
    assert Patient.objects.get(id=patient.id).patient_since == date(2026, 11, 23)


def test_a_later_visit_does_not_change_since_when(treated, patient):
    Patient.objects.filter(id=patient.id).update(patient_since=date(2021, 3, 2))
    treated()
    assert Patient.objects.get(id=patient.id).patient_since == date(2021, 3, 2)


def test_a_cancelled_visit_cannot_be_completed_and_the_message_says_what_to_do(booked, front_desk, now):
    visit = booked(starts_at=now)
    cancel(visit_id=visit.id, by_staff_id=front_desk.id, now=now)
    with pytest.raises(DomainError, match=r"cancelled at 9:00 am by Maya\. .* add them as a walk-in") as refusal:
        complete(visit_id=visit.id, now=now)
    assert not isinstance(refusal.value, Conflict)
    assert notes() == []


def test_a_no_show_is_marked_as_here_first(booked, now):
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, now=now)
    with pytest.raises(DomainError, match="mark them as here first"):
        complete(visit_id=visit.id, now=now)


def test_a_visit_ahead_cannot_be_over(booked, now):
    visit = booked(starts_at=datetime(2026, 11, 25, 18, 0, tzinfo=UTC))
    with pytest.raises(DomainError, match="booked for Wednesday"):
        complete(visit_id=visit.id, now=now)


def test_a_visit_of_saturday_may_be_completed_on_monday(booked, now):
    visit = booked(starts_at=now - timedelta(days=2), now=now - timedelta(days=5))
    complete(visit_id=visit.id, now=now)
    (note,) = notes()
    assert (note.day, note.due_at) == (date(2026, 11, 21), now + timedelta(hours=48))
