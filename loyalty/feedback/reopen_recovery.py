"""It was not made good after all: a closed recovery is opened again."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.given_text import is_visible
from loyalty.feedback.open_recovery import rule_of_recoveries
from loyalty.feedback.recovery_log import calendar, locked, log, together, words, zone
from loyalty.models import Recovery, StepKind, Touchpoint, TouchpointChannel, TouchpointKind
from loyalty.touchpoints.channel import channel_for
from loyalty.touchpoints.due import due_at
from loyalty.touchpoints.hold import hold_notes
from loyalty.visits.local_time import day_of

WITHIN = timedelta(days=30)


def reopen(*, recovery_id: UUID, because: str, by_staff_id: UUID | None, now: datetime) -> Recovery:
    """Open it again with all that was closed with it; the first closing note stays in the log.

    It is due as if the answer came now, the notes are held again, and a call is planned.
    Raises NotFound, Conflict where it is open or another one is, DomainError 30 days after it was closed.
    """
    reason = words(because, what="The reason", field="because")
    if not is_visible(reason):
        raise DomainError("reason_missing", "Write what came up again.", field="because")
    with transaction.atomic():
        recovery = locked(recovery_id)
        if recovery.closed_at is None:
            raise Conflict("recovery_open", "This recovery is open.")
        if now - recovery.closed_at > WITHIN:
            raise DomainError(
                "reopen_too_late",
                "This was closed more than 30 days ago and stays closed. Take down how they feel now as a new answer.",
            )
        if Recovery.objects.filter(patient_id=recovery.patient_id, closed_at__isnull=True).exists():
            raise Conflict(
                "another_open", f"Another recovery for {recovery.patient.display_name} is open. Go on with that one."
            )
        due = due_at(rule_of_recoveries(), event=now, visit_starts=now, calendar=calendar(recovery), now=now)
        together(recovery).update(
            due_at=due,
            done_text="",
            recovered=None,
            patient_told_at=None,
            untold_because="",
            closed_at=None,
            closed_by=None,
            updated_at=now,
        )
        recovery.refresh_from_db()
        log(recovery, StepKind.REOPENED, text=reason, by_staff_id=by_staff_id, now=now)
        changed("recovery.reopened", recovery, patients=[recovery.patient_id])
        hold_notes(recovery.patient_id)
        _plan_call(recovery, now=now)
        return recovery


def _plan_call(recovery: Recovery, *, now: datetime) -> None:
    if not recovery.patient.may_be_contacted:
        return
    today = day_of(now, zone(recovery))
    Touchpoint.objects.create(
        patient=recovery.patient,
        visit=recovery.feedback.visit,
        kind=TouchpointKind.RECOVERY,
        channel=channel_for(recovery.patient, planned=TouchpointChannel.CALL, today=today),
        day=today,
        due_at=recovery.due_at,
        role=rule_of_recoveries().role,
        assigned_to=recovery.owner,
    )
