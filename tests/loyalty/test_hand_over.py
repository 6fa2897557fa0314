"""A note is handed to a colleague, and comes back."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Staff, Touchpoint
from loyalty.touchpoints.hand_over import colleagues, hand_back, hand_over
from loyalty.touchpoints.notes import queue, written


@pytest.fixture
def note(treated, note_of):
    return note_of(treated())


def test_the_colleague_has_it_in_their_queue(note, front_desk, provider, now):
    hand_over(touchpoint_id=note.id, to_staff_id=front_desk.id, now=now)
    (card,) = queue(now=now, limit=10, staff_id=front_desk.id)
    assert (card.id, card.staff, card.handed_over) == (note.id, "Maya", True)
    assert queue(now=now, limit=10, staff_id=provider.id) == []


def test_it_goes_back_to_who_had_it(note, front_desk, provider, now):
    hand_over(touchpoint_id=note.id, to_staff_id=front_desk.id, now=now)
    hand_back(touchpoint_id=note.id, now=now + timedelta(days=1))
    (card,) = queue(now=now, limit=10, staff_id=provider.id)
    assert (card.staff, card.handed_over) == ("Dr. Sato", False)
    with pytest.raises(Conflict, match="with who treated them already"):
        hand_back(touchpoint_id=note.id, now=now)


def test_the_trail_says_from_whom_to_whom(note, front_desk, provider, now):
    hand_over(touchpoint_id=note.id, to_staff_id=front_desk.id, now=now)
    entry = Entry.objects.filter(verb="note.handed_over").latest("at")
    assert entry.detail == {"from": str(provider.id), "to": str(front_desk.id)}
    assert entry.patients == [note.patient_id]


def test_not_to_somebody_who_left_nor_to_who_has_it(note, front_desk, provider, now):
    Staff.objects.filter(id=front_desk.id).update(is_active=False)
    for nobody in (front_desk.id, uuid7()):
        with pytest.raises(DomainError, match="on the staff today"):
            hand_over(touchpoint_id=note.id, to_staff_id=nobody, now=now)
    with pytest.raises(Conflict, match=r"with Dr\. Sato already"):
        hand_over(touchpoint_id=note.id, to_staff_id=provider.id, now=now)
    assert Touchpoint.objects.get(id=note.id).handed_at is None


def test_what_is_written_stays_with_who_wrote_it(note, front_desk, provider, now):
    written(touchpoint_id=note.id, by_staff_id=provider.id, now=now)
    with pytest.raises(Conflict, match=r"was written at 9:00 am by Dr\. Sato"):
        hand_over(touchpoint_id=note.id, to_staff_id=front_desk.id, now=now)
    with pytest.raises(Conflict, match="was written"):
        hand_back(touchpoint_id=note.id, now=now)


def test_only_notes_are_handed_over(booked, preview_of, front_desk, now):
    with pytest.raises(NotFound):
        hand_over(touchpoint_id=preview_of(booked()).id, to_staff_id=front_desk.id, now=now)


def test_who_met_the_patient_is_offered_first(note, front_desk, provider, patient):
    Staff.objects.filter(display_name="Dr. Sato").update(display_name="Zoe Sato")
    offered = colleagues(patient_id=patient.id, without=front_desk.id)
    assert (offered[0].name, offered[0].met) == ("Zoe Sato", True)
    assert front_desk.id not in {one.id for one in offered}
    assert not any(one.met for one in offered[1:])
