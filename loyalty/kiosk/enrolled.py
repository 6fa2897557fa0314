"""Which tablet shows a token, and the list of them."""

from datetime import datetime, timedelta
from uuid import UUID

from loyalty.kiosk.secrets import Use, digests
from loyalty.models import Kiosk

# How often it is written down that a tablet was seen, however often it asks.
SEEN_EVERY = timedelta(minutes=1)


def tablet_with(token: str, *, now: datetime) -> UUID | None:
    """The id of the tablet that this token was given to; None for any other. One query, and a second each minute."""
    # One that was revoked has no token any more: the database sees to that (kiosk_revoked_opens_nothing).
    kiosk = Kiosk.objects.filter(token_digest__in=digests(token, Use.TABLET)).only("id", "last_seen_at").first()
    if kiosk is None:
        return None
    if kiosk.last_seen_at is None or now - kiosk.last_seen_at >= SEEN_EVERY:
        Kiosk.objects.filter(id=kiosk.id, revoked_at__isnull=True).update(last_seen_at=now)
    return kiosk.id


def kiosks() -> list[Kiosk]:
    """Those that are not revoked, by location and name, with their locations."""
    kept = Kiosk.objects.filter(revoked_at__isnull=True).select_related("location")
    return list(kept.order_by("location__name", "name", "id"))
