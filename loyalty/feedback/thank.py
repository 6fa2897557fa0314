"""A promoter is thanked: a handwritten note is planned, with every guard that notes have."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated
from loyalty.models import (
    Feedback,
    Patient,
    Staff,
    StaffRole,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
    Visit,
    VisitStatus,
)
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.hold import has_open_recovery
from loyalty.touchpoints.plan import OPEN
from loyalty.visits.local_time import day_of

_WITHIN = timedelta(hours=48)


def thank(*, patient_id: UUID, now: datetime) -> Touchpoint:
    """Plan it for whoever treated them last. It waits while a recovery is open.

    Raises NotFound, Conflict where one waits or was written today, DomainError for who must not be contacted and for
    somebody who is no promoter.
    """
    with transaction.atomic():
        patient = locked_promoter(patient_id)
        if Touchpoint.objects.filter(patient=patient, kind=TouchpointKind.NOTE, state__in=OPEN).exists():
            raise Conflict("note_waits", f"A note to {patient.display_name} waits to be written already.")
        note = Touchpoint(
            patient=patient,
            kind=TouchpointKind.NOTE,
            channel=TouchpointChannel.CARD,
            state=TouchpointState.HELD if has_open_recovery(patient.id) else TouchpointState.PLANNED,
            day=day_of(now, practice_zone()),
            due_at=now + _WITHIN,
            role=StaffRole.PROVIDER,
            assigned_to=_who_treated(patient),
        )
        try:
            with transaction.atomic():
                note.save(force_insert=True)
        except IntegrityError as error:
            if violated(error) != "touchpoint_one_note_a_day":
                raise
            raise Conflict("note_today", f"{patient.display_name} got a note today. One a day is enough.") from None
        changed("thanks.planned", note, patients=[patient.id])
        return note


def locked_promoter(patient_id: UUID) -> Patient:
    """The patient, locked. Raises NotFound, DomainError for who must not be contacted or is no promoter now."""
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    if not patient.may_be_contacted:
        raise DomainError("patient_not_contacted", f"{patient.display_name} must not be contacted.")
    last = Feedback.objects.filter(patient=patient).order_by("-answered_at", "-id").first()
    if last is None or not last.is_promoter:
        raise DomainError(
            "no_promoter", f"{patient.display_name} did not give a 9 or 10 the last time. Look at the newest answer."
        )
    return patient


def _who_treated(patient: Patient) -> Staff | None:
    last = (
        Visit.objects.filter(patient=patient, status=VisitStatus.COMPLETED, staff__is_active=True)
        .select_related("staff")
        .order_by("-starts_at", "-id")
        .first()
    )
    return last.staff if last else None
