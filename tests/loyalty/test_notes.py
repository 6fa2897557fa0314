"""The queue of thank-you notes, and what becomes of each."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.feedback.recover import close
from loyalty.models import Guardianship, Patient, Recovery, Touchpoint, TouchpointKind, TouchpointState
from loyalty.touchpoints.notes import queue, skip, undo, written


@pytest.fixture
def note(treated, note_of):
    return note_of(treated())


def test_a_completed_visit_stands_in_the_queue(note, patient, provider, now):
    (card,) = queue(now=now, limit=10)
    assert (card.id, card.patient_id, card.name, card.to) == (note.id, patient.id, *["Marguerite Ellison"] * 2)
    assert (card.why, card.staff, card.late, card.held) == ("First visit, today", "Dr. Sato", False, False)
    assert card.due_at == now + timedelta(hours=48)
    assert str(card.due_at.tzinfo) == "America/Los_Angeles"


def test_what_is_due_first_comes_first_and_held_ones_last(completed, make_patient, now):
    days = {"Ann Third": 1, "Bo First": 3, "Cy Held": 4}
    for name, ago in days.items():
        visit = completed(patient_id=make_patient(name).id, at=now - timedelta(days=ago))
        if name == "Cy Held":
            record(visit_id=visit.id, mode="staff", score=3, now=now - timedelta(days=ago))
    assert [(card.name, card.late, card.held) for card in queue(now=now, limit=10)] == [
        ("Bo First", True, False),
        ("Ann Third", False, False),
        ("Cy Held", True, True),
    ]


def test_the_queue_can_be_of_one_writer_only(completed, make_patient, provider, front_desk, now):
    completed(at=now)
    completed(patient_id=make_patient("Ann Other").id, staff_id=front_desk.id, at=now)
    assert [card.name for card in queue(now=now, limit=10, staff_id=provider.id)] == ["Marguerite Ellison"]


def test_the_limit_holds(completed, make_patient, now):
    for name in ("Ann One", "Bo Two", "Cy Three"):
        completed(patient_id=make_patient(name).id, at=now)
    assert len(queue(now=now, limit=2)) == 2


@pytest.mark.parametrize("wish", ["no_contact", "deceased"])
def test_who_must_not_be_contacted_by_now_leaves_the_queue(note, patient, now, wish):
    Patient.objects.filter(id=patient.id).update(**{wish: True})
    assert queue(now=now, limit=10) == []
    with pytest.raises(DomainError, match="must not be contacted"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now)


def test_discretion_stands_on_the_card(note, patient, now):
    Patient.objects.filter(id=patient.id).update(plain_envelope=True)
    (card,) = queue(now=now, limit=1)
    assert (card.plain_envelope, card.hand_over, card.address_missing) == (True, False, False)
    Patient.objects.filter(id=patient.id).update(plain_envelope=False, not_at_home=True)
    (card,) = queue(now=now, limit=1)
    assert (card.plain_envelope, card.hand_over, card.address_missing) == (False, True, False)
    Patient.objects.filter(id=patient.id).update(not_at_home=False, address="")
    (card,) = queue(now=now, limit=1)
    assert (card.hand_over, card.address_missing) == (False, True)


def test_a_minor_is_thanked_through_the_guardian(note, patient, make_patient, now):
    Patient.objects.filter(id=patient.id).update(birth_year=2010, birth_month=5, birth_day=1)
    (card,) = queue(now=now, limit=1)
    assert (card.held, card.held_why, card.to) == (True, "A minor without a guardian who may be contacted", "")
    with pytest.raises(DomainError, match="note who the guardian is"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now)
    mother = make_patient("Margaret Ellison", preferred_name="Peg")
    Guardianship.objects.create(patient=patient, guardian=mother, relation="mother")
    Patient.objects.filter(id=mother.id).update(no_contact=True)
    (card,) = queue(now=now, limit=1)
    assert (card.held, card.to) == (True, "")
    with pytest.raises(DomainError, match="note who the guardian is"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now)
    Patient.objects.filter(id=mother.id).update(no_contact=False)
    (card,) = queue(now=now, limit=1)
    assert (card.held, card.to) == (False, "Peg Ellison")
    assert written(touchpoint_id=note.id, by_staff_id=None, now=now).state == TouchpointState.DONE


def test_written_keeps_who_and_when(note, provider, now):
    written(touchpoint_id=note.id, by_staff_id=provider.id, now=now)
    kept = Touchpoint.objects.get(id=note.id)
    assert (kept.state, kept.done_at, kept.done_by) == (TouchpointState.DONE, now, provider)
    assert queue(now=now, limit=10) == []


def test_not_this_time_keeps_the_reason(note, provider, now):
    skip(touchpoint_id=note.id, reason=" We spoke for an hour. ", by_staff_id=provider.id, now=now)
    kept = Touchpoint.objects.get(id=note.id)
    assert (kept.state, kept.outcome, kept.done_by) == (TouchpointState.SKIPPED, "We spoke for an hour.", provider)
    assert queue(now=now, limit=10) == []


def test_the_second_writer_is_told_who_was_first(note, provider, now):
    written(touchpoint_id=note.id, by_staff_id=provider.id, now=now)
    with pytest.raises(Conflict, match=r"^The note to Marguerite Ellison was written at 9:00 am by Dr\. Sato\.$"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now + timedelta(minutes=1))
    with pytest.raises(Conflict, match="was written"):
        skip(touchpoint_id=note.id, reason="", by_staff_id=None, now=now)


def test_a_held_note_cannot_be_written_but_set_aside(note, treated, now):
    record(visit_id=note.visit_id, mode="staff", score=3, now=now)
    with pytest.raises(DomainError, match="held while a recovery is open"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now)
    assert skip(touchpoint_id=note.id, reason="", by_staff_id=None, now=now).state == TouchpointState.SKIPPED


def test_a_note_called_off_cannot_be_written(note, now):
    Touchpoint.objects.filter(id=note.id).update(state=TouchpointState.CANCELLED)
    with pytest.raises(Conflict, match="was called off"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now)


@pytest.mark.parametrize("verb", ["written", "skip"])
def test_either_can_be_undone_the_same_day(note, provider, now, verb):
    if verb == "written":
        written(touchpoint_id=note.id, by_staff_id=provider.id, now=now)
    else:
        skip(touchpoint_id=note.id, reason="In a hurry", by_staff_id=provider.id, now=now)
    undo(touchpoint_id=note.id, now=now + timedelta(hours=8))
    kept = Touchpoint.objects.get(id=note.id)
    assert (kept.state, kept.done_at, kept.done_by, kept.outcome) == (TouchpointState.PLANNED, None, None, "")
    assert [card.id for card in queue(now=now, limit=10)] == [note.id]


def test_the_day_ends_at_midnight_on_the_wall_of_the_location(note):
    evening = datetime(2026, 11, 24, 7, 30, tzinfo=UTC)  # 11:30 at night on Monday
    written(touchpoint_id=note.id, by_staff_id=None, now=evening)
    with pytest.raises(DomainError, match="earlier day"):
        undo(touchpoint_id=note.id, now=evening + timedelta(minutes=31))
    assert undo(touchpoint_id=note.id, now=evening + timedelta(minutes=29)).state == TouchpointState.PLANNED


def test_undone_while_a_recovery_is_open_it_is_held(note, now):
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    record(visit_id=note.visit_id, mode="staff", score=3, now=now)
    assert undo(touchpoint_id=note.id, now=now).state == TouchpointState.HELD


def test_what_is_waiting_cannot_be_undone(note, now):
    with pytest.raises(Conflict, match="waiting to be done already"):
        undo(touchpoint_id=note.id, now=now)


def test_closing_the_last_recovery_lets_the_note_go_and_gives_a_day(note, now):
    record(visit_id=note.visit_id, mode="staff", score=3, now=now)
    later = now + timedelta(days=5)
    close(
        recovery_id=Recovery.objects.get().id,
        done_text="Called and refunded.",
        recovered=True,
        untold_because="We could not reach her.",
        by_staff_id=None,
        now=later,
    )
    kept = Touchpoint.objects.get(id=note.id)
    assert (kept.state, kept.due_at) == (TouchpointState.PLANNED, later + timedelta(days=1))


def test_a_second_unhappy_answer_joins_the_open_recovery_and_one_closing_frees_the_note(note, now):
    record(visit_id=note.visit_id, mode="staff", score=3, now=now)
    record(visit_id=note.visit_id, mode="link", score=2, now=now)
    first, second = Recovery.objects.order_by("created_at")
    assert second.joined_to_id == first.id
    assert Touchpoint.objects.get(id=note.id).state == TouchpointState.HELD
    close(
        recovery_id=first.id,
        done_text="Called.",
        recovered=True,
        untold_because="We could not reach her.",
        by_staff_id=None,
        now=now,
    )
    assert Touchpoint.objects.get(id=note.id).state == TouchpointState.PLANNED
    assert not Recovery.objects.filter(closed_at__isnull=True).exists()


def test_only_notes_can_be_written(booked, preview_of, now):
    preview = preview_of(booked())
    for touchpoint_id in (preview.id, uuid7()):
        with pytest.raises(NotFound):
            written(touchpoint_id=touchpoint_id, by_staff_id=None, now=now)


def test_the_queue_takes_one_query_and_an_entry_in_the_trail(note, now, django_assert_num_queries):
    with django_assert_num_queries(2):
        queue(now=now, limit=20)


def test_the_day_of_the_visit_is_named(completed, now):
    completed(at=now - timedelta(days=2))
    assert queue(now=now, limit=1)[0].why == "First visit, Saturday"
    assert Touchpoint.objects.get(kind=TouchpointKind.NOTE).day == date(2026, 11, 21)
