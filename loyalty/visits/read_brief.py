"""Somebody has read the brief before the visit."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.models import Visit
from loyalty.visits.locked import locked_visit


def read_brief(*, visit_id: UUID, by_staff_id: UUID | None = None, now: datetime) -> Visit:
    """The first reading counts; a later one changes nothing. Raises NotFound, DomainError once the visit is over."""
    with transaction.atomic():
        visit = locked_visit(visit_id)
        if visit.brief_read_at is not None:
            return visit
        if not visit.is_open:
            raise DomainError("visit_settled", "This visit is over or was called off; its brief was for before it.")
        visit.brief_read_at = now
        visit.save(update_fields=["brief_read_at", "updated_at"])
        detail = {"staff": by_staff_id} if by_staff_id else None
        changed("visit.prepared", visit, patients=[visit.patient_id], detail=detail)
        return visit
