"""The first-run checklist is put away, for everybody in the practice."""

from datetime import datetime

from core.tenancy.scope import PracticeRef, control_plane
from tenants.models import Practice


def set_getting_started_aside(*, practice: PracticeRef, now: datetime) -> None:
    """Safe to do twice; the page itself stays."""
    with control_plane():
        Practice.objects.filter(id=practice.id, getting_started_aside_at__isnull=True).update(
            getting_started_aside_at=now
        )
