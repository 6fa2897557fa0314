"""The records of a practice that left are destroyed, and that they are is proven; its trail of ids stays.

Two transactions, for they need two logins. The first destroys the records and writes how many there were, or does
nothing. The second writes the proof and tells the owners; where it does not come to that, the next night does.
"""

from datetime import datetime, timedelta
from functools import partial
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from core import audit
from core.tenancy.empty import empty
from core.tenancy.owner import OWNER
from core.tenancy.scope import practice_scope
from tenants.erasure.due import KEPT_FOR, is_due
from tenants.erasure.owners import write_to_owners
from tenants.models import Practice, StatusChange

ERASED = StatusChange.Change.ERASED
_BY = "Perennial"


def erase(*, practice_id: UUID, now: datetime) -> bool:
    """Returns whether anything was done: nothing for one that came back, was not told, or is proven already.

    As control plane, in a process with the owner's connection.
    """
    _destroy(practice_id, now=now)
    return _prove(practice_id)


def to_be_erased(*, now: datetime) -> list[UUID]:
    """Ids of those whose records are to be destroyed, or were without the proof being written."""
    by = now.date() - KEPT_FOR + timedelta(days=1)
    left = Practice.objects.filter(
        Q(left_on__lte=by) | Q(sandbox_of__isnull=False),
        status=Practice.Status.LEFT,
        erasure_told_at__isnull=False,
    )
    proven = StatusChange.objects.filter(practice_id=OuterRef("id"), change=ERASED)
    open_ones = left.filter(Q(erased_at__isnull=True) | ~Exists(proven)).order_by("id")
    return [one.id for one in open_ones if one.erased_at is not None or is_due(one, now=now)]


def _destroy(practice_id: UUID, *, now: datetime) -> None:
    with transaction.atomic(using=OWNER):
        # Held: nobody opens the practice again at this very moment.
        practice = Practice.objects.using(OWNER).select_for_update().get(id=practice_id)
        if not is_due(practice, now=now):
            return
        practice.erased_rows = empty(practice.schema_name)
        practice.erased_at = now
        practice.save(using=OWNER, update_fields=["erased_rows", "erased_at", "updated_at"])


def _prove(practice_id: UUID) -> bool:
    with transaction.atomic():
        practice = Practice.objects.select_for_update().get(id=practice_id)
        if practice.erased_at is None:
            return False
        if StatusChange.objects.filter(practice_id=practice.id, change=ERASED).exists():
            return False
        StatusChange.objects.create(
            practice_id=practice.id,
            change=ERASED,
            reason=StatusChange.Reason.AGREED,
            person_name=_BY,
            at=practice.erased_at,
        )
        detail = {"rows": practice.erased_rows}
        audit.record("practice.erased", subject=practice, practice_id=practice.id, detail=detail)
        with practice_scope(practice.ref):
            audit.record("practice.erased", subject=practice, everyone=True, detail=detail)
        day = practice.erased_at
        context = {
            "practice_name": practice.name,
            "day": f"{day:%B} {day.day}, {day.year}",
            "rows": f"{practice.erased_rows:,}",
        }
        transaction.on_commit(partial(write_to_owners, practice.id, "erased", context), robust=True)
    return True
