"""The catalogue as its page shows it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Q

from loyalty.models import OPEN_STATUSES, Service


@dataclass(frozen=True, slots=True)
class ListedService:
    """ahead: open visits booked with it."""

    id: UUID
    name: str
    minutes: int
    return_days: int | None
    has_preview: bool
    has_aftercare: bool
    is_active: bool
    ahead: int


def services(*, now: datetime) -> list[ListedService]:
    """Those offered first, by name. One query."""
    ahead = Count("visits", filter=Q(visits__status__in=OPEN_STATUSES, visits__starts_at__gte=now))
    return [
        ListedService(
            id=one.id,
            name=one.name,
            minutes=one.minutes,
            return_days=one.return_days,
            has_preview=bool(one.preview.strip()),
            has_aftercare=bool(one.aftercare.strip()),
            is_active=one.is_active,
            ahead=one.ahead,
        )
        for one in Service.objects.annotate(ahead=ahead).order_by("-is_active", "name", "id")
    ]
