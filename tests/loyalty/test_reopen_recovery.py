"""It was not made good after all."""

from datetime import UTC, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, tell
from loyalty.feedback.reopen_recovery import reopen
from loyalty.models import Recovery, RecoveryStep, Staff, Touchpoint, TouchpointKind, TouchpointState


@pytest.fixture
def recovery(treated, now):
    record(visit_id=treated().id, mode="staff", score=3, better="Waited.", now=now)
    return Recovery.objects.get()


@pytest.fixture
def manager(in_aurora):
    return Staff.objects.get(display_name="Martin Mann")


@pytest.fixture
def do(recovery, manager, now):
    """do(reopen, because="…"): a verb on the recovery, by Martin, now."""
    return lambda verb, **more: verb(**{"recovery_id": recovery.id, "by_staff_id": manager.id, "now": now, **more})


def calls():
    return Touchpoint.objects.filter(kind=TouchpointKind.RECOVERY)


def note():
    return Touchpoint.objects.get(kind=TouchpointKind.NOTE)


def lines():
    return list(RecoveryStep.objects.order_by("at", "id").values_list("kind", "text"))


@pytest.fixture
def closed(do):
    do(tell)
    return do(close, done_text="Called.", recovered=True)


def test_within_thirty_days_it_opens_again_with_a_call_and_the_notes_held(closed, do, manager, now):
    later = now + timedelta(days=30)
    do(reopen, because="It happened again.", now=later)
    kept = Recovery.objects.get()
    assert (kept.closed_at, kept.closed_by, kept.recovered, kept.done_text, kept.patient_told_at) == (
        None, None, None, "", None,
    )  # fmt: skip
    assert kept.due_at == datetime(2026, 12, 25, 1, 0, tzinfo=UTC)  # Thursday, 5 pm
    assert kept.first_contact_at == now
    assert note().state == TouchpointState.HELD
    call = calls().get(state=TouchpointState.PLANNED)
    assert (call.channel, call.assigned_to, call.due_at) == ("call", manager, kept.due_at)
    assert ("closed", "Called.") in lines()
    assert lines()[-1] == ("reopened", "It happened again.")


def test_later_it_stays_closed(closed, do, now):
    with pytest.raises(DomainError, match="more than 30 days ago"):
        do(reopen, because="Again.", now=now + timedelta(days=30, seconds=1))
    assert Recovery.objects.get().closed_at is not None


def test_who_wants_no_contact_is_not_called_again(closed, do, patient):
    patient.no_contact = True
    patient.save()
    do(reopen, because="A colleague noticed.")
    assert not calls().filter(state=TouchpointState.PLANNED).exists()


def test_it_is_opened_again_for_a_reason_and_only_where_none_is_open(closed, do, completed, now):
    with pytest.raises(DomainError, match="Write what came up again"):
        do(reopen, because=" ")
    later = now + timedelta(days=1)
    record(visit_id=completed(at=later).id, mode="link", score=2, now=later)
    with pytest.raises(Conflict, match="Another recovery for Marguerite Ellison is open"):
        do(reopen, because="Again.", now=later)


def test_what_is_open_is_not_opened(do):
    with pytest.raises(Conflict, match="is open"):
        do(reopen, because="Again.")


def test_who_joined_opens_again_with_it(recovery, do, completed, now):
    record(visit_id=completed(at=now + timedelta(days=1)).id, mode="link", score=2, now=now + timedelta(days=1))
    later = now + timedelta(days=2)
    do(tell, now=later)
    do(close, done_text="Called.", recovered=True, now=later)
    do(reopen, because="Again.", now=later + timedelta(days=1))
    assert not Recovery.objects.filter(closed_at__isnull=False).exists()
