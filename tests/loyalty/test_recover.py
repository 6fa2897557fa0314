"""Closing the loop with somebody who was unhappy."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.hand_over_recovery import hand_over
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, step, tell
from loyalty.models import Recovery, RecoveryStep, Staff, StaffRole, Touchpoint, TouchpointKind, TouchpointState


@pytest.fixture
def recovery(treated, now):
    record(visit_id=treated().id, mode="staff", score=3, better="Waited.", now=now)
    return Recovery.objects.get()


@pytest.fixture
def manager(in_aurora):
    return Staff.objects.get(display_name="Martin Mann")


@pytest.fixture
def do(recovery, manager, now):
    """do(step, kind="call", text="…"): a verb on the recovery, by Martin, now."""
    return lambda verb, **more: verb(**{"recovery_id": recovery.id, "by_staff_id": manager.id, "now": now, **more})


def calls():
    return Touchpoint.objects.filter(kind=TouchpointKind.RECOVERY)


def note():
    return Touchpoint.objects.get(kind=TouchpointKind.NOTE)


def lines():
    return list(RecoveryStep.objects.order_by("at", "id").values_list("kind", "text"))


def test_opening_it_begins_the_log(recovery, patient, now):
    line = RecoveryStep.objects.get()
    assert (line.kind, line.recovery, line.patient, line.at, line.by) == ("opened", recovery, patient, now, None)


@pytest.mark.parametrize("kind", ["call", "message", "in_person", "visit", "refund"])
def test_the_first_who_reaches_them_makes_the_first_contact_and_the_call_is_done(do, kind, manager, now):
    do(step, kind=kind, text="Listened.", now=now + timedelta(hours=2))
    do(step, kind="call", text="Again.", now=now + timedelta(hours=5))
    assert Recovery.objects.get().first_contact_at == now + timedelta(hours=2)
    call = calls().get()
    assert (call.state, call.done_at, call.done_by) == (TouchpointState.DONE, now + timedelta(hours=2), manager)


@pytest.mark.parametrize("kind", ["attempt", "change"])
def test_who_tried_or_changed_something_has_not_reached_them(do, kind):
    do(step, kind=kind, text="Nobody picked up.")
    assert Recovery.objects.get().first_contact_at is None
    assert calls().get().state == TouchpointState.PLANNED


def test_each_step_says_by_when_comes_what_is_next(do, recovery, now):
    first = recovery.due_at
    do(step, kind="change", text="The desk says it after ten minutes.")
    assert Recovery.objects.get().due_at == first
    do(step, kind="attempt", text="Busy.")
    assert Recovery.objects.get().due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tuesday, 5 pm
    do(step, kind="call", text="Listened.")
    # Thursday is Thanksgiving, which nobody wrote down as a holiday here.
    assert Recovery.objects.get().due_at == datetime(2026, 11, 27, 1, 0, tzinfo=UTC)
    do(step, kind="call", text="Again.", next_on=date(2026, 12, 4))
    assert Recovery.objects.get().due_at == datetime(2026, 12, 5, 1, 0, tzinfo=UTC)


def test_a_day_that_is_over_is_no_day_for_what_is_next(do):
    with pytest.raises(DomainError) as refused:
        do(step, kind="call", text="Listened.", next_on=date(2026, 11, 22))
    assert refused.value.field == "next_on"
    assert Recovery.objects.get().first_contact_at is None
    assert len(lines()) == 1


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"kind": "closed"}, "kind"),
        ({"kind": "pigeon"}, "kind"),
        ({"text": " \u200b"}, "text"),
        ({"text": "a\0"}, "text"),
    ],
)
def test_a_step_needs_a_kind_and_words(do, said, field):
    with pytest.raises(DomainError) as refused:
        do(step, **{"kind": "call", "text": "Listened.", **said})
    assert refused.value.field == field


def test_that_they_were_told_is_a_step_of_its_own_with_their_words(do, now):
    do(tell, text="She was glad\r\nthat we called.")
    kept = Recovery.objects.get()
    assert (kept.patient_told_at, kept.first_contact_at, kept.closed_at) == (now, now, None)
    assert lines()[-1] == ("told", "She was glad\nthat we called.")
    with pytest.raises(Conflict, match=r"^Marguerite Ellison was told already, at 9:00 am\.$"):
        do(tell)


def test_they_may_have_been_told_on_an_earlier_day_but_not_before_they_answered(do, now):
    with pytest.raises(DomainError, match="between their answer and today"):
        do(tell, on=date(2026, 11, 22))
    with pytest.raises(DomainError, match="between their answer and today"):
        do(tell, on=date(2026, 11, 24))
    do(tell, on=date(2026, 11, 24), now=now + timedelta(days=3))
    assert Recovery.objects.get().patient_told_at == datetime(2026, 11, 24, 20, 0, tzinfo=UTC)  # noon


def test_it_is_not_closed_behind_their_back(do, now):
    with pytest.raises(DomainError, match="does not know yet") as refused:
        do(close, done_text="Talked at the team meeting.", recovered=True)
    assert refused.value.field == "untold_because"
    do(tell)
    do(
        close,
        done_text=" Called,\r\nexplained. ",
        recovered=True,
        untold_because="No matter",
        now=now + timedelta(days=1),
    )
    kept = Recovery.objects.get()
    assert (kept.done_text, kept.recovered, kept.closed_at) == ("Called,\nexplained.", True, now + timedelta(days=1))
    assert (kept.patient_told_at, kept.untold_because) == (now, "")


def test_without_a_contact_it_is_closed_with_the_reason_and_nobody_counts_as_called(do, patient, manager, now):
    patient.no_contact = True
    patient.save()
    do(close, done_text="Changed the preview.", recovered=False, untold_because="Wants no contact")
    kept = Recovery.objects.get()
    assert (kept.untold_because, kept.patient_told_at, kept.first_contact_at) == ("Wants no contact", None, None)
    assert (kept.closed_by, kept.recovered) == (manager, False)
    call = calls().get()
    assert (call.state, call.outcome) == (TouchpointState.SKIPPED, "The recovery was closed")


def test_without_a_word_on_what_was_done_it_stays_open(do):
    do(tell)
    with pytest.raises(DomainError, match="Write what was done") as refused:
        do(close, done_text=" \u200b ", recovered=True)
    assert refused.value.field == "done_text"
    assert Recovery.objects.get().closed_at is None


def test_the_held_note_may_be_written_again(do):
    held = note()
    assert held.state == TouchpointState.HELD
    do(tell)
    assert note().state == TouchpointState.HELD
    do(close, done_text="Called.", recovered=True)
    assert (note().state, note().due_at) == (TouchpointState.PLANNED, held.due_at)


def test_what_is_closed_stays_closed(do, provider, manager):
    do(tell)
    do(close, done_text="Called.", recovered=True)
    for verb in (
        lambda: do(step, kind="call", text="Listened."),
        lambda: do(tell),
        lambda: do(close, done_text="Again.", recovered=False),
        lambda: do(hand_over, staff_id=provider.id, was=manager.id),
    ):
        with pytest.raises(Conflict, match=r"closed already, at 9:00 am by Martin Mann\.$"):
            verb()


def test_a_recovery_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        step(recovery_id=uuid7(), kind="call", text="Listened.", by_staff_id=None, now=now)


# --- Whose it is


def test_it_gets_another_owner_and_its_call_goes_along(do, provider, manager):
    do(hand_over, staff_id=provider.id, was=manager.id)
    assert Recovery.objects.get().owner == provider
    assert calls().get().assigned_to == provider
    line = RecoveryStep.objects.get(kind="owner")
    assert (line.by, line.to) == (manager, provider)


def test_who_took_it_meanwhile_keeps_it(do, provider, manager):
    other = Staff.objects.create(display_name="Nurse Bailey", role=StaffRole.PROVIDER)
    do(hand_over, staff_id=other.id, was=manager.id)
    with pytest.raises(Conflict, match="Meanwhile this recovery belongs to Nurse Bailey"):
        do(hand_over, staff_id=provider.id, was=manager.id)
    with pytest.raises(Conflict, match="Nurse Bailey owns this recovery already"):
        do(hand_over, staff_id=other.id, was=other.id)
    assert Recovery.objects.get().owner == other


def test_the_front_desk_and_who_has_left_own_none(do, front_desk, provider, manager):
    Staff.objects.filter(id=provider.id).update(is_active=False)
    for staff in (front_desk, provider):
        with pytest.raises(DomainError, match="a manager or a provider who is there"):
            do(hand_over, staff_id=staff.id, was=manager.id)


# --- More than one answer


@pytest.fixture
def second(recovery, completed, now):
    """Marguerite comes again on Tuesday and is unhappy again."""
    later = now + timedelta(days=1)
    record(visit_id=completed(at=later).id, mode="link", score=2, better="Rushed.", now=later)
    return Recovery.objects.get(joined_to=recovery)


def test_a_second_unhappy_answer_joins_the_open_one(recovery, second, manager):
    assert (second.owner, second.joined_to) == (manager, recovery)
    assert calls().filter(state=TouchpointState.PLANNED).count() == 1
    assert lines()[-1] == ("answer", "")
    assert RecoveryStep.objects.filter(recovery=second).count() == 0


def test_they_are_worked_as_one(recovery, second, do, provider, manager, now):
    later = now + timedelta(days=1, hours=1)
    step(recovery_id=second.id, kind="call", text="Both.", by_staff_id=manager.id, now=later)
    do(tell, now=later)
    do(hand_over, staff_id=provider.id, was=manager.id, now=later)
    do(close, done_text="Longer time booked.", recovered=True, now=later)
    for one in Recovery.objects.all():
        assert (one.first_contact_at, one.patient_told_at, one.closed_at) == (later, later, later)
        assert (one.owner, one.recovered, one.done_text) == (provider, True, "Longer time booked.")
    assert set(RecoveryStep.objects.values_list("recovery_id", flat=True)) == {recovery.id}
    assert {one.state for one in Touchpoint.objects.filter(kind=TouchpointKind.NOTE)} == {TouchpointState.PLANNED}


def test_an_answer_after_the_contact_asks_for_another_call(recovery, do, completed, now):
    do(step, kind="call", text="Listened.")
    later = now + timedelta(days=1)
    record(visit_id=completed(at=later).id, mode="link", score=2, now=later)
    assert calls().filter(state=TouchpointState.PLANNED).count() == 1
    do(step, kind="call", text="Again.", now=later)
    assert Recovery.objects.get(id=recovery.id).first_contact_at == now
    assert Recovery.objects.get(joined_to=recovery).first_contact_at == later


def test_an_answer_after_the_end_opens_a_recovery_of_its_own(recovery, do, completed, now):
    do(tell)
    do(close, done_text="Called.", recovered=True)
    later = now + timedelta(days=1)
    record(visit_id=completed(at=later).id, mode="link", score=2, now=later)
    own = Recovery.objects.exclude(id=recovery.id).get()
    assert (own.joined_to, own.closed_at) == (None, None)
    assert Touchpoint.objects.filter(kind=TouchpointKind.NOTE, state=TouchpointState.HELD).count() == 2


def test_the_next_answer_brings_the_next_step_forward(recovery, do, completed, now):
    do(step, kind="call", text="Listened.", next_on=date(2026, 12, 11))
    later = now + timedelta(days=1)
    record(visit_id=completed(at=later).id, mode="link", score=2, now=later)
    assert Recovery.objects.get(id=recovery.id).due_at == datetime(2026, 11, 26, 1, 0, tzinfo=UTC)
