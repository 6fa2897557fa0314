"""Closing the loop with somebody who was unhappy."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, contacted
from loyalty.models import Recovery, Touchpoint, TouchpointKind, TouchpointState


@pytest.fixture
def recovery(treated, now):
    record(visit_id=treated().id, mode="staff", score=3, better="Waited.", now=now)
    return Recovery.objects.get()


def test_the_first_contact_is_kept_and_the_call_is_done(recovery, front_desk, now):
    later = now + timedelta(hours=2)
    contacted(recovery_id=recovery.id, by_staff_id=front_desk.id, now=later)
    assert Recovery.objects.get().first_contact_at == later
    call = Touchpoint.objects.get(kind=TouchpointKind.RECOVERY)
    assert (call.state, call.done_at, call.done_by) == (TouchpointState.DONE, later, front_desk)


def test_the_first_contact_happens_once(recovery, now):
    contacted(recovery_id=recovery.id, by_staff_id=None, now=now)
    with pytest.raises(Conflict, match="in touch already"):
        contacted(recovery_id=recovery.id, by_staff_id=None, now=now)


def test_closing_says_what_was_done_and_that_the_patient_knows(recovery, now):
    first, later = now + timedelta(hours=2), now + timedelta(days=1)
    contacted(recovery_id=recovery.id, by_staff_id=None, now=first)
    close(recovery_id=recovery.id, done_text=" Called,\r\nrefunded. ", recovered=True, by_staff_id=None, now=later)
    kept = Recovery.objects.get()
    assert (kept.done_text, kept.recovered, kept.closed_at, kept.patient_told_at) == (
        "Called,\nrefunded.",
        True,
        later,
        later,
    )
    assert kept.first_contact_at == first


def test_closing_at_once_is_the_first_contact_too(recovery, now):
    close(recovery_id=recovery.id, done_text="Called.", recovered=False, by_staff_id=None, now=now)
    kept = Recovery.objects.get()
    assert (kept.first_contact_at, kept.recovered) == (now, False)
    assert Touchpoint.objects.get(kind=TouchpointKind.RECOVERY).state == TouchpointState.DONE


def test_the_held_note_may_be_written_again(recovery, now):
    note = Touchpoint.objects.get(kind=TouchpointKind.NOTE)
    assert note.state == TouchpointState.HELD
    close(recovery_id=recovery.id, done_text="Called.", recovered=True, by_staff_id=None, now=now)
    released = Touchpoint.objects.get(kind=TouchpointKind.NOTE)
    assert (released.state, released.due_at) == (TouchpointState.PLANNED, note.due_at)


def test_without_a_word_on_what_was_done_it_stays_open(recovery, now):
    with pytest.raises(DomainError, match="Write what was done") as refused:
        close(recovery_id=recovery.id, done_text=" \u200b ", recovered=True, by_staff_id=None, now=now)
    assert refused.value.field == "done_text"
    assert Recovery.objects.get().closed_at is None


def test_what_is_closed_stays_closed(recovery, now):
    close(recovery_id=recovery.id, done_text="Called.", recovered=True, by_staff_id=None, now=now)
    for verb in (
        lambda: contacted(recovery_id=recovery.id, by_staff_id=None, now=now),
        lambda: close(recovery_id=recovery.id, done_text="Again.", recovered=False, by_staff_id=None, now=now),
    ):
        with pytest.raises(Conflict, match="closed already"):
            verb()


def test_a_recovery_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        contacted(recovery_id=uuid7(), by_staff_id=None, now=now)
