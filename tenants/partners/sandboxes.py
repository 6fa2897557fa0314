"""The sandbox of a partner's program: a practice in every respect but that nobody in it is real."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from tenants.hosts import url_of
from tenants.models import Practice


@dataclass(frozen=True, slots=True)
class Sandbox:
    practice_id: UUID
    address: str
    made_at: datetime


def sandbox_of(application_id: UUID) -> Sandbox | None:
    """The one that is open. One query, as control plane."""
    row = Practice.objects.filter(sandbox_of_id=application_id).exclude(status=Practice.Status.LEFT).first()
    return Sandbox(row.id, url_of(row.slug), row.created_at) if row else None
