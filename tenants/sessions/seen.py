"""When a session was last used, to the minute."""

from datetime import datetime, timedelta

from tenants.models import Session

EVERY = timedelta(minutes=1)


def note_seen(session: Session, *, now: datetime) -> None:
    """Write that the session is used; at most once a minute, however many requests it makes."""
    if now - session.last_seen_at < EVERY:
        return
    # Of two requests at once, one writes.
    Session.objects.filter(pk=session.pk, last_seen_at__lte=now - EVERY).update(last_seen_at=now)
    session.last_seen_at = now
