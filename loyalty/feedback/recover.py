"""Closing the loop with somebody who was unhappy: what was done, that they know, and the end of it.

When the last recovery of a patient closes, held notes may be written again.
"""

from datetime import UTC, date, datetime, time
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.given_text import is_visible
from loyalty.feedback.recovery_log import check_open, due_on, locked, log, open_calls, together, words, zone
from loyalty.models import BY_HAND, Recovery, RecoveryStep, StepKind, TouchpointState
from loyalty.touchpoints.hold import release_notes
from loyalty.visits.local_time import day_of
from loyalty.visits.spoken import spoken_moment

# Nothing is offered to somebody whom nobody reached.
_REACHED = frozenset(BY_HAND) - {StepKind.ATTEMPT, StepKind.CHANGE}
_AFTER_CONTACT, _AFTER_ATTEMPT = 3, 1
_BECAUSE = 300


def step(
    *,
    recovery_id: UUID,
    kind: str,
    text: str,
    next_on: date | None = None,
    by_staff_id: UUID | None,
    now: datetime,
) -> RecoveryStep:
    """Write down what was done, and by when comes what is next; the first to reach them made the first contact.

    next_on: without it three working days after a contact, one after an attempt; a change of ours moves nothing.
    Raises NotFound, Conflict where it is closed, DomainError.
    """
    if kind not in BY_HAND:
        raise DomainError("kind_unknown", "Choose what was done.", field="kind")
    said = words(text, what="What was done", field="text")
    if not is_visible(said):
        raise DomainError("step_empty", "Write a sentence on it, so that the next one knows.", field="text")
    with transaction.atomic():
        recovery = locked(recovery_id)
        check_open(recovery, now=now)
        if kind in _REACHED:
            _reached(recovery, by_staff_id=by_staff_id, now=now)
        if next_on is not None or kind != StepKind.CHANGE:
            days = _AFTER_ATTEMPT if kind == StepKind.ATTEMPT else _AFTER_CONTACT
            due = due_on(recovery, next_on=next_on, days=days, now=now)
            together(recovery).update(due_at=due, updated_at=now)
        made = log(recovery, kind, text=said, by_staff_id=by_staff_id, now=now)
        changed(
            "recovery.contacted" if kind in _REACHED else "recovery.worked",
            recovery,
            patients=[recovery.patient_id],
            detail={"step": kind},
        )
        return made


def tell(
    *, recovery_id: UUID, text: str = "", on: date | None = None, by_staff_id: UUID | None, now: datetime
) -> Recovery:
    """The patient knows what became of it. text: what they said to that. on: the local day, today without it.

    Raises NotFound, Conflict where it is closed or they were told already, DomainError.
    """
    said = words(text, what="What they said", field="text")
    with transaction.atomic():
        recovery = locked(recovery_id)
        check_open(recovery, now=now)
        if recovery.patient_told_at is not None:
            when = spoken_moment(recovery.patient_told_at, zone=zone(recovery), now=now)
            raise Conflict("patient_told", f"{recovery.patient.display_name} was told already, {when}.")
        told = _moment(recovery, on, now=now)
        _reached(recovery, by_staff_id=by_staff_id, now=told)
        together(recovery).update(patient_told_at=told, updated_at=now)
        recovery.patient_told_at = told
        log(recovery, StepKind.TOLD, text=said, by_staff_id=by_staff_id, now=told)
        changed("recovery.told", recovery, patients=[recovery.patient_id])
        return recovery


def close(
    *,
    recovery_id: UUID,
    done_text: str,
    recovered: bool,
    untold_because: str = "",
    by_staff_id: UUID | None,
    now: datetime,
) -> Recovery:
    """What was done, and whether it was made good: of this recovery and of all that joined it.

    untold_because: why the patient does not know: they want no contact, or could not be reached. Needed where nobody
    told them. Raises NotFound, Conflict where it is closed, DomainError.
    """
    done = words(done_text, what="What was done", field="done_text")
    if not is_visible(done):
        raise DomainError("done_missing", "Write what was done, so that the next one knows.", field="done_text")
    because = words(untold_because, what="The reason", field="untold_because", limit=_BECAUSE)
    with transaction.atomic():
        recovery = locked(recovery_id)
        check_open(recovery, now=now)
        if recovery.patient_told_at is None and not is_visible(because):
            raise DomainError(
                "patient_not_told",
                f"{recovery.patient.display_name} does not know yet. Tell them first, or write why that cannot be.",
                field="untold_because",
            )
        if recovery.patient_told_at is not None:
            because = ""
        open_calls(recovery).update(
            state=TouchpointState.SKIPPED, outcome="The recovery was closed", done_at=now, done_by_id=by_staff_id
        )
        together(recovery).update(
            done_text=done,
            recovered=recovered,
            untold_because=because,
            closed_at=now,
            closed_by_id=by_staff_id,
            updated_at=now,
        )
        recovery.refresh_from_db()
        log(recovery, StepKind.CLOSED, text=done, by_staff_id=by_staff_id, now=now)
        changed(
            "recovery.closed",
            recovery,
            patients=[recovery.patient_id],
            detail={"recovered": recovered, "told": recovery.patient_told_at is not None},
        )
        release_notes(recovery.patient_id, now=now)
        return recovery


def _reached(recovery: Recovery, *, by_staff_id: UUID | None, now: datetime) -> None:
    """Somebody got through: the first contact of all that were waiting for one, and their calls are made."""
    together(recovery).filter(first_contact_at__isnull=True).update(first_contact_at=now, updated_at=now)
    if recovery.first_contact_at is None:
        recovery.first_contact_at = now
    open_calls(recovery).update(state=TouchpointState.DONE, done_at=now, done_by_id=by_staff_id)


def _moment(recovery: Recovery, on: date | None, *, now: datetime) -> datetime:
    """Now, or the noon of an earlier day. Raises DomainError for a day ahead or before the answer."""
    local = zone(recovery)
    today, first = day_of(now, local), day_of(recovery.feedback.answered_at, local)
    if on is None or on == today:
        return now
    if not first <= on < today:
        raise DomainError(
            "told_when", "Choose the day on which they were told: between their answer and today.", field="on"
        )
    return max(datetime.combine(on, time(12), tzinfo=local).astimezone(UTC), recovery.feedback.answered_at)
