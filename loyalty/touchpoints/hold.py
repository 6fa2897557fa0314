"""No thank-you goes out while something is to be made good: notes are held until the last recovery is closed."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import F, QuerySet, Value
from django.db.models.functions import Greatest

from loyalty.models import Recovery, Touchpoint, TouchpointKind, TouchpointState

# A note whose time passed while it was held is due within a day of being free again.
AFTER_RELEASE = timedelta(days=1)


def has_open_recovery(patient_id: UUID) -> bool:
    return Recovery.objects.filter(patient_id=patient_id, closed_at__isnull=True).exists()


def hold_notes(patient_id: UUID) -> int:
    """Hold the planned notes of a patient; returns how many."""
    return _notes(patient_id, TouchpointState.PLANNED).update(state=TouchpointState.HELD)


def release_notes(patient_id: UUID, *, now: datetime) -> int:
    """Let held notes be written again, unless another recovery is open; returns how many."""
    if has_open_recovery(patient_id):
        return 0
    due = Greatest(F("due_at"), Value(now + AFTER_RELEASE))
    return _notes(patient_id, TouchpointState.HELD).update(state=TouchpointState.PLANNED, due_at=due)


def _notes(patient_id: UUID, state: str) -> QuerySet[Touchpoint]:
    return Touchpoint.objects.filter(patient_id=patient_id, kind=TouchpointKind.NOTE, state=state)
