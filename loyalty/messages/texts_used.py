"""How many texts a practice has used in a month: those that went out, and those that wait to."""

from datetime import UTC, datetime
from uuid import UUID

from django.db.models.functions import Coalesce

from loyalty.models import WAITING, WENT_OUT, Channel, Message


def month_of(now: datetime) -> datetime:
    """When the month began by which texts are counted: in UTC, as they are billed."""
    return now.astimezone(UTC).replace(day=1, hour=0, minute=0, second=0, microsecond=0)


def texts_of_month(*, now: datetime, but: UUID | None = None) -> int:
    """but: a message that is not to be counted."""
    return (
        Message.objects.filter(channel=Channel.TEXT, state__in=(*WAITING, *WENT_OUT))
        .exclude(id__in=[but] if but else [])
        .annotate(at=Coalesce("claimed_at", "queued_at"))
        .filter(at__gte=month_of(now))
        .count()
    )
