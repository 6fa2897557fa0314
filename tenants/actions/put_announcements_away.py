"""Somebody has read what the network said."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q

from core.tenancy.scope import control_plane
from tenants.models import Person


def put_announcements_away(*, person_id: UUID, until: datetime, now: datetime) -> None:
    """Whatever was said up to `until`, at every practice of theirs. Never forward of `now`; never back."""
    until = min(until, now)
    with control_plane():
        Person.objects.filter(
            Q(announcements_read_at__isnull=True) | Q(announcements_read_at__lt=until), id=person_id
        ).update(announcements_read_at=until)
