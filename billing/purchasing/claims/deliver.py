"""Claims that wait for the mail go out, each once.

No mail server promises to take the same mail only once, so a delivery is marked as being sent in a transaction of its
own before the server is asked. If we die in between, or the line breaks without an answer, it becomes unclear, and a
person asks the vendor. Only where it surely did not go out is it tried again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from billing.purchasing.claims.file import bytes_of, name_of
from billing.purchasing.models import Claim, ClaimDelivery, DeliveryState
from billing.purchasing.payments.open_claim import standing
from core import audit
from core.messages.mail import Attachment
from core.messages.result import Accepted, Refused, Result, TryAgain, Unclear
from core.money import Money
from tenants import mail

# What common mail servers take, less what the encoding of an attachment adds.
LARGEST = 15 * 1024 * 1024
GIVE_UP = timedelta(days=2)
# No mail server is waited for that long.
LOST = timedelta(minutes=30)
# Whether it went.
_VERBS = {True: "claim.mailed", False: "claim.not_mailed"}
_REMINDED = {True: "claim.reminded", False: "claim.not_reminded"}


def deliver_waiting(*, now: datetime) -> int:
    """Mail what waits; returns how many were taken. A server that does not answer is asked again the next time."""
    lost = ClaimDelivery.objects.filter(state=DeliveryState.SENDING, sending_at__lte=now - LOST)
    for delivery_id in list(lost.values_list("id", flat=True)):
        _settle(delivery_id, Unclear("no_answer"), now=now)
    waiting = ClaimDelivery.objects.filter(state=DeliveryState.WAITING).order_by("created_at")
    return sum(_deliver(delivery_id, now=now) for delivery_id in list(waiting.values_list("id", flat=True)))


def _deliver(delivery_id: UUID, *, now: datetime) -> bool:
    delivery = _claimed(delivery_id, now=now)
    if delivery is None:
        return False
    result = _mailed(delivery)
    _settle(delivery_id, result, now=now)
    return isinstance(result, Accepted)


def _claimed(delivery_id: UUID, *, now: datetime) -> ClaimDelivery | None:
    """Whoever marks it first sends it."""
    waiting = ClaimDelivery.objects.filter(id=delivery_id, state=DeliveryState.WAITING)
    if not waiting.update(state=DeliveryState.SENDING, sending_at=now, updated_at=now):
        return None
    return ClaimDelivery.objects.select_related("claim__contract__vendor").get(id=delivery_id)


def _mailed(delivery: ClaimDelivery) -> Result:
    claim = delivery.claim
    if delivery.reminds is not None and standing(claim).left <= 0:
        return Refused("paid_meanwhile")
    content = b"".join(bytes_of(claim))
    if len(content) > LARGEST:
        return Refused("file_too_large")
    try:
        return mail.send(
            to=delivery.to,
            template="claim" if delivery.reminds is None else "claim_reminder",
            context=_words(claim, delivery),
            reply_to=delivery.reply_to,
            attachments=[Attachment(name_of(claim), content, "text/csv")],
        )
    except OSError:
        # A folder that cannot be written to, a server that does not answer.
        return TryAgain("unreachable")


def _words(claim: Claim, delivery: ClaimDelivery) -> dict[str, object]:
    stands = standing(claim)
    return {
        "vendor": claim.contract.vendor.name,
        "contact": claim.contract.vendor.contact_name,
        "contract": f"{claim.contract.name}, {claim.contract.number}",
        "claim": f"{claim.last}-{claim.number}",
        "until": f"{claim.last:%B %-d, %Y}",
        "amount": str(Money(abs(claim.minor), claim.currency)),
        "takes_back": claim.minor < 0,
        "paid": str(stands.paid_money) if stands.paid else "",
        "open": str(stands.left_money),
        "due": f"{claim.due_on:%B %-d, %Y}",
        "file": name_of(claim),
        "by": delivery.by,
        "reply_to": delivery.reply_to,
    }


def _settle(delivery_id: UUID, result: Result, *, now: datetime) -> None:
    with transaction.atomic():
        delivery = ClaimDelivery.objects.select_for_update().get(id=delivery_id)
        if delivery.state != DeliveryState.SENDING:
            return
        match result:
            case Accepted():
                delivery.state, delivery.day, delivery.failure = DeliveryState.SENT, now.date(), ""
            case TryAgain(code) if now - delivery.created_at < GIVE_UP:
                delivery.state, delivery.failure = DeliveryState.WAITING, code
            case TryAgain(code) | Refused(code):
                delivery.state, delivery.failure = DeliveryState.REFUSED, code
            case Unclear(code):
                delivery.state, delivery.failure = DeliveryState.UNCLEAR, code
        delivery.save(update_fields=["state", "day", "failure", "updated_at"])
        went = delivery.state == DeliveryState.SENT
        verb = _VERBS[went] if delivery.reminds is None else _REMINDED[went]
        if delivery.state != DeliveryState.WAITING:
            detail = {"delivery": delivery.pk, "state": delivery.state}
            audit.record(verb, subject=Claim(pk=delivery.claim_id), detail=detail)
