"""The provider tells, later, what became of a text."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import NotFound
from core.messages.addresses import AddressKind
from loyalty.messages.rules import Rule
from loyalty.messages.suppress import unreachable
from loyalty.models import Message, MessageState

_ON_ITS_WAY = {"accepted", "scheduled", "queued", "sending", "sent"}
_ARRIVED = {"delivered", "read"}
_LOST = {"failed", "undelivered", "canceled"}
# They wrote STOP to the carrier, the number is none, or is a landline.
_NO_ADDRESS = {"21610", "21211", "21614", "30005", "30006"}
# A message of which we do not know whether it went out, or which is not written down yet.
_OPEN = (MessageState.SENDING, MessageState.UNCLEAR)


def note_status(*, message_id: UUID, provider_id: str, status: str, error_code: str, now: datetime) -> None:
    """Reports come late, twice and out of order: what is delivered stays so. Raises NotFound."""
    with transaction.atomic():
        message = Message.objects.select_for_update().filter(id=message_id, channel="text").first()
        if message is None or message.provider_id not in ("", provider_id):
            raise NotFound("message_not_found", "This message is not on file.")
        if not _apply(message, status, error_code, now=now):
            return
        message.provider_id = provider_id
        message.save()
        audit.record(
            "message.reported", patients=[message.patient_id], subject=message, detail={"state": message.state}
        )


def _apply(message: Message, status: str, error_code: str, *, now: datetime) -> bool:
    """Change the message; returns whether that was news."""
    if message.delivered_at is not None:
        return False
    if status in _ARRIVED or (status in _ON_ITS_WAY and message.state in _OPEN):
        message.state, message.rule = MessageState.SENT, ""
        message.sent_at = message.sent_at or now
        message.settled_at = now
        message.delivered_at = now if status in _ARRIVED else None
        return True
    if status in _LOST and message.state in (*_OPEN, MessageState.SENT):
        message.state, message.rule, message.settled_at = MessageState.FAILED, Rule.NOT_DELIVERED, now
        if error_code in _NO_ADDRESS:
            unreachable(kind=AddressKind.PHONE, address=message.address, now=now)
        return True
    return False
