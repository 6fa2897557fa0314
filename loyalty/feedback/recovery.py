"""One recovery: what they said, what was done since, and what comes next."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.feedback.recovery_log import zone
from loyalty.feedback.reopen_recovery import WITHIN
from loyalty.models import Feedback, Recovery, RecoveryStep, StepKind, Touchpoint, TouchpointKind, TouchpointState
from loyalty.patients.reach import Reach, wishes_of
from loyalty.patients.ways import ways_to
from loyalty.visits.local_time import day_of


@dataclass(frozen=True, slots=True)
class LogLine:
    """at: on the location's clock. by: "" where nobody of the staff did it. to: the new owner, of a handing over."""

    kind: str
    title: str
    text: str
    at: datetime
    by: str
    to: str


@dataclass(frozen=True, slots=True)
class Unhappy:
    """An answer that this recovery is about; at: on the location's clock."""

    answer: Feedback
    at: datetime


@dataclass(frozen=True, slots=True)
class RecoveryPage:
    """Moments are on the location's clock. answers: the one that opened it first. log: the oldest line first.

    hours: from the answer to the first contact; None before it. notes_held: how many notes wait for it.
    may_reopen: it was closed less than 30 days ago.
    """

    recovery: Recovery
    name: str
    first_name: str
    due_at: datetime
    late: bool
    contacted_at: datetime | None
    hours: float | None
    told_at: datetime | None
    closed_at: datetime | None
    answers: tuple[Unhappy, ...]
    log: tuple[LogLine, ...]
    ways: tuple[Reach, ...]
    wishes: tuple[str, ...]
    notes_held: int
    may_reopen: bool


def recovery_page(*, recovery_id: UUID, now: datetime) -> RecoveryPage:
    """Of the recovery that this one is worked with. Raises NotFound."""
    recovery = _found(recovery_id)
    if recovery.joined_to_id is not None:
        recovery = _found(recovery.joined_to_id)
    patient, local = recovery.patient, zone(recovery)
    audit.record("recovery.read", subject=recovery, patients=[patient.id])
    joined = Feedback.objects.filter(recovery__joined_to=recovery).select_related("visit__service", "visit__staff")
    answers = [recovery.feedback, *joined.order_by("answered_at", "id")]
    contacted = recovery.first_contact_at
    return RecoveryPage(
        recovery=recovery,
        name=patient.display_name,
        first_name=patient.preferred_name or patient.given_name or patient.display_name,
        due_at=recovery.due_at.astimezone(local),
        late=recovery.closed_at is None and recovery.due_at < now,
        contacted_at=contacted.astimezone(local) if contacted else None,
        hours=(contacted - recovery.feedback.answered_at) / timedelta(hours=1) if contacted else None,
        told_at=recovery.patient_told_at.astimezone(local) if recovery.patient_told_at else None,
        closed_at=recovery.closed_at.astimezone(local) if recovery.closed_at else None,
        answers=tuple(Unhappy(answer, answer.answered_at.astimezone(local)) for answer in answers),
        log=_log(recovery),
        ways=ways_to(patient, today=day_of(now, local)),
        wishes=wishes_of(patient),
        notes_held=Touchpoint.objects.filter(
            patient=patient, kind=TouchpointKind.NOTE, state=TouchpointState.HELD
        ).count(),
        may_reopen=recovery.closed_at is not None and now - recovery.closed_at <= WITHIN,
    )


def _found(recovery_id: UUID) -> Recovery:
    recovery = (
        Recovery.objects.select_related(
            "patient", "owner", "closed_by", "feedback__visit__location", "feedback__visit__service",
            "feedback__visit__staff",
        )
        .filter(id=recovery_id)
        .first()
    )  # fmt: skip
    if recovery is None:
        raise NotFound("recovery_not_found", "This recovery is not on file.")
    return recovery


def _log(recovery: Recovery) -> tuple[LogLine, ...]:
    local = zone(recovery)
    steps = RecoveryStep.objects.filter(recovery=recovery).select_related("by", "to").order_by("at", "id")
    return tuple(
        LogLine(
            kind=step.kind,
            title=StepKind(step.kind).label,
            text=step.text,
            at=step.at.astimezone(local),
            by=step.by.display_name if step.by else "",
            to=step.to.display_name if step.to else "",
        )
        for step in steps
    )
