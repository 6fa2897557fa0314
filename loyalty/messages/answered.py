"""Somebody said how a visit was before the message that asks them went out: it is called off."""

from datetime import datetime

from core import audit
from loyalty.messages.rules import Rule
from loyalty.models import WAITING, Message, MessageState, TemplateKind, Visit


def call_off_asking(visit: Visit, *, now: datetime) -> None:
    """Inside the caller's transaction, which holds the patient, as whoever sends a message does."""
    asking = Message.objects.select_for_update(of=("self",)).filter(
        visit=visit, template__kind=TemplateKind.FEEDBACK, state__in=WAITING
    )
    for message in asking.order_by("id"):
        message.state, message.rule, message.settled_at = MessageState.CANCELLED, Rule.ANSWERED, now
        message.save(update_fields=["state", "rule", "settled_at", "updated_at"])
        detail = {"state": str(message.state), "rule": message.rule}
        audit.record("message.refused", patients=[message.patient_id], subject=message, detail=detail)
