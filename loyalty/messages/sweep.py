"""What waits and is due, and what was left in the middle by a crash."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit
from loyalty.messages.rules import Rule
from loyalty.models import WAITING, Message, MessageState

# Much longer than a provider is waited for: nobody still sends it.
ABANDONED = timedelta(minutes=15)
MOST = 500


def due(*, now: datetime) -> list[UUID]:
    """Messages that may go out now, those that wait longest first, at most MOST."""
    waiting = Message.objects.filter(state__in=WAITING, not_before__lte=now).order_by("not_before", "id")
    return list(waiting.values_list("id", flat=True)[:MOST])


def give_up_abandoned(*, now: datetime) -> int:
    """Messages that were claimed and never settled may have gone out: say so, and leave it to a person. How many."""
    with transaction.atomic():
        left = list(
            Message.objects.select_for_update(skip_locked=True).filter(
                state=MessageState.SENDING, claimed_at__lt=now - ABANDONED
            )[:MOST]
        )
        for message in left:
            message.state, message.rule = MessageState.UNCLEAR, Rule.MAY_HAVE_GONE
            message.save(update_fields=["state", "rule", "updated_at"])
            audit.record("message.sent", patients=[message.patient_id], subject=message, detail={"state": "unclear"})
        return len(left)


def anything_waits(*, now: datetime) -> bool:
    claimed = Message.objects.filter(state=MessageState.SENDING, claimed_at__lt=now - ABANDONED)
    return bool(due(now=now)) or claimed.exists()
