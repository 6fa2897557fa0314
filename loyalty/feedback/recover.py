"""Closing the loop with somebody who was unhappy. When the last recovery closes, held notes may be written again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.models import Patient, Recovery, Touchpoint, TouchpointKind, TouchpointState
from loyalty.patients.given_text import given_text, is_visible
from loyalty.touchpoints.hold import release_notes
from loyalty.touchpoints.plan import OPEN

_LONGEST = 5000


def contacted(*, recovery_id: UUID, by_staff_id: UUID | None, now: datetime) -> Recovery:
    """The first human contact after the answer was made. Raises NotFound, Conflict where it was made already."""
    with transaction.atomic():
        recovery = _locked(recovery_id)
        if recovery.first_contact_at is not None:
            raise Conflict("recovery_contacted", "Somebody has been in touch already.")
        _note_contact(recovery, by_staff_id=by_staff_id, now=now)
        recovery.save(update_fields=["first_contact_at", "updated_at"])
        changed("recovery.contacted", recovery, patients=[recovery.patient_id])
        return recovery


def close(*, recovery_id: UUID, done_text: str, recovered: bool, by_staff_id: UUID | None, now: datetime) -> Recovery:
    """What was done, and whether it was made good. The patient has been told.

    Raises NotFound, Conflict where it is closed, DomainError without words on what was done.
    """
    done = given_text(done_text, what="What was done", field="done_text", limit=_LONGEST, lines=True)
    if not is_visible(done):
        raise DomainError("done_missing", "Write what was done, so that the next one knows.", field="done_text")
    with transaction.atomic():
        recovery = _locked(recovery_id)
        if recovery.first_contact_at is None:
            _note_contact(recovery, by_staff_id=by_staff_id, now=now)
        recovery.done_text = done
        recovery.recovered = recovered
        recovery.patient_told_at = now
        recovery.closed_at = now
        recovery.save()
        changed("recovery.closed", recovery, patients=[recovery.patient_id])
        release_notes(recovery.patient_id, now=now)
        return recovery


def _locked(recovery_id: UUID) -> Recovery:
    """The recovery and its patient, both locked: a note for another visit may be planned at this very moment."""
    recovery = Recovery.objects.select_for_update(no_key=True).filter(id=recovery_id).first()
    if recovery is None:
        raise NotFound("recovery_not_found", "This recovery is not on file.")
    if recovery.closed_at is not None:
        raise Conflict("recovery_closed", "This recovery was closed already.")
    recovery.patient = Patient.objects.select_for_update(no_key=True).get(id=recovery.patient_id)
    return recovery


def _note_contact(recovery: Recovery, *, by_staff_id: UUID | None, now: datetime) -> None:
    recovery.first_contact_at = now
    Touchpoint.objects.filter(
        patient_id=recovery.patient_id,
        visit=recovery.feedback.visit,
        kind=TouchpointKind.RECOVERY,
        state__in=OPEN,
    ).update(state=TouchpointState.DONE, done_at=now, done_by_id=by_staff_id)
