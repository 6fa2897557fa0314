"""The network says something to everybody in its practices."""

from datetime import datetime, timedelta

from django.db import transaction

from core import audit
from core.errors import DomainError
from tenants import announcements
from tenants.models import Announcement
from tenants.principal import Principal

LONGEST_DAYS = 90
_TITLE, _BODY = 120, 2000


def announce(*, title: str, body: str, days: int, by: Principal, now: datetime) -> Announcement:
    """days: how long it is shown, 1 to 90. Raises DomainError for a field that says nothing or too much."""
    words = {"title": title.strip(), "body": body.strip()}
    for field, limit in (("title", _TITLE), ("body", _BODY)):
        if not words[field]:
            raise DomainError("announcement_empty", "Write what everybody should know.", field=field)
        if len(words[field]) > limit:
            raise DomainError("announcement_too_long", f"Keep it to {limit:,} characters.", field=field)
    if not 1 <= days <= LONGEST_DAYS:
        raise DomainError("announcement_days", f"Show it for 1 to {LONGEST_DAYS} days.", field="days")
    with transaction.atomic():
        said = Announcement.objects.create(
            **words, published_at=now, ends_at=now + timedelta(days=days), by_name=by.person_name
        )
        audit.record("announcement.published", subject=said)
        transaction.on_commit(announcements.forget)
    return said
