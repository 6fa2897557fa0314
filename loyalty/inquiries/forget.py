"""Who asked and never came is forgotten in time: what they wished for is about their health, and nobody needs it."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Max
from django.db.models.functions import Greatest

from core.changed import changed
from loyalty.models import Inquiry

# 24 months, a leap day included: never a day too early.
KEPT_FOR = timedelta(days=731)
_MOST = 500


def forget_inquiries(*, now: datetime) -> int:
    """Erase, with its calls, every inquiry of nobody who became a patient to which nothing happened for KEPT_FOR and
    for which nothing is due; returns how many.

    A night's worth at most: the next one goes on. Whoever became a patient keeps what they said, as part of the record.
    """
    quiet_since = Greatest("asked_at", "closed_at", "due_at", Max("calls__at"))
    old = (
        Inquiry.objects.exclude(state=Inquiry.State.BECAME_PATIENT)
        .annotate(quiet_since=quiet_since)
        .filter(quiet_since__lt=now - KEPT_FOR)
        .order_by("id")
        .values_list("id", flat=True)[:_MOST]
    )
    return sum(_forget(inquiry_id, now=now) for inquiry_id in list(old))


@transaction.atomic
def _forget(inquiry_id: UUID, *, now: datetime) -> int:
    """Asked once more with the row held: somebody may have called at this very moment."""
    inquiry = Inquiry.objects.select_for_update(of=("self",)).filter(id=inquiry_id).first()
    if inquiry is None or inquiry.state == Inquiry.State.BECAME_PATIENT or _last(inquiry) >= now - KEPT_FOR:
        return 0
    changed("inquiry.forgotten", inquiry)
    inquiry.delete()
    return 1


def _last(inquiry: Inquiry) -> datetime:
    called = inquiry.calls.aggregate(last=Max("at"))["last"]
    return max(at for at in (inquiry.asked_at, inquiry.closed_at, inquiry.due_at, called) if at is not None)
