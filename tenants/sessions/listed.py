"""Where a person is signed in, as a page lists it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tenants.models import Session


@dataclass(frozen=True, slots=True)
class SignedIn:
    """place: a practice's name, "" for the network host. here: whether it is the session that asks."""

    handle: UUID
    place: str
    device: str
    address: str
    since: datetime
    last_seen_at: datetime
    locked: bool
    here: bool


def sessions_of(person_id: UUID, *, here: str | None) -> list[SignedIn]:
    """Sessions that are good, this one first, then the last used."""
    rows = Session.objects.filter(person_id=person_id, expire_date__gt=timezone.now()).select_related("practice")
    listed = [
        SignedIn(
            handle=row.handle,
            place=row.practice.name if row.practice else "",
            device=row.device or "A browser",
            address=row.address or "",
            since=row.created_at,
            last_seen_at=row.last_seen_at,
            locked=row.locked_at is not None,
            here=row.session_key == here,
        )
        for row in rows.order_by("-last_seen_at")
    ]
    return sorted(listed, key=lambda one: not one.here)
