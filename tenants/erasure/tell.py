"""The owners of a practice that left are told on which day its records are destroyed, and how to export them first."""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import transaction

from core import audit
from tenants.erasure.due import KEPT_FOR, TOLD_BEFORE, erased_on, is_to_be_told
from tenants.erasure.owners import write_to_owners
from tenants.hosts import url_of
from tenants.models import Practice

EXPORT_PATH = "/settings/export/"


def tell(*, practice_id: UUID, now: datetime) -> bool:
    """Returns whether they are told now; False where they were, or where it is too early. As control plane."""
    with transaction.atomic():
        practice = Practice.objects.select_for_update().get(id=practice_id)
        if not is_to_be_told(practice, now=now):
            return False
        practice.erasure_told_at = now
        practice.save(update_fields=["erasure_told_at", "updated_at"])
        day = erased_on(practice)
        audit.record("practice.erasure_announced", subject=practice, practice_id=practice.id)
        context = {
            "practice_name": practice.name,
            "day": f"{day:%B} {day.day}, {day.year}",
            "link": url_of(practice.slug, EXPORT_PATH),
        }
        transaction.on_commit(partial(write_to_owners, practice.id, "erasure_near", context), robust=True)
    return True


def to_be_told(*, now: datetime) -> list[UUID]:
    """Ids of those who are to be told now."""
    # A day more, so that no time zone is left out; is_to_be_told asks once more.
    by = now.astimezone(ZoneInfo("UTC")).date() - KEPT_FOR + TOLD_BEFORE + timedelta(days=1)
    left = Practice.objects.filter(
        status=Practice.Status.LEFT, left_on__lte=by, erasure_told_at__isnull=True, erased_at__isnull=True
    )
    return [one.id for one in left.order_by("id") if is_to_be_told(one, now=now)]
