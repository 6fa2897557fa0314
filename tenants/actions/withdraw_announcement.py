"""What was said to everybody is taken back."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, NotFound
from tenants import announcements
from tenants.models import Announcement


def withdraw_announcement(*, announcement_id: UUID, now: datetime) -> Announcement:
    """Nobody is shown it from the next minute on. Raises NotFound, Conflict where it was taken back already."""
    with transaction.atomic():
        said = Announcement.objects.select_for_update().filter(id=announcement_id).first()
        if said is None:
            raise NotFound("announcement_missing", "There is no such announcement.")
        if said.withdrawn_at is not None:
            raise Conflict("announcement_withdrawn", "This was taken back already.")
        said.withdrawn_at = now
        said.save(update_fields=["withdrawn_at", "updated_at"])
        audit.record("announcement.withdrawn", subject=said)
        transaction.on_commit(announcements.forget)
    return said
