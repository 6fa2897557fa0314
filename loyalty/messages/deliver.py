"""A message goes out: asked once more whether it may, claimed, given to the provider, and written down.

No provider promises to take the same message only once, so a message is claimed in a transaction of its own before the
provider is asked. After that it is not sent again by itself: if we die in between, or the line breaks without an
answer, it becomes "perhaps sent", and a person decides. Only where it surely did not go out is it tried again.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit
from core.messages.addresses import fingerprint
from core.messages.mail import send_mail
from core.messages.result import Accepted, Refused, Result, TryAgain, Unclear
from core.messages.text import send_text
from core.outbox.publish import publish
from core.tenancy.scope import current_practice
from loyalty.messages.compose import Outgoing, composed
from loyalty.messages.place import place_of
from loyalty.messages.policy import Decision, Verdict, decide
from loyalty.messages.purposes import ADDRESS_OF
from loyalty.messages.rules import Rule
from loyalty.messages.send_feedback_link import link_for
from loyalty.messages.situation import situation_of
from loyalty.messages.suppress import unreachable
from loyalty.models import WAITING, Channel, Message, MessageState, Patient, TextNumber
from tenants.hosts import url_of

# After each try that surely failed; with the last one gone, we give up.
BACKOFF = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=6))
# Longer than any night: after it the words may be wrong, as when a practice was suspended meanwhile.
OUT_OF_DATE = timedelta(days=2)
# For whoever counts texts.
TEXTED = "message.texted"
STATUS_PATH = "/messages/{message_id}/status/"
# Twilio's own blocklist knows a STOP that never came to us; its numbers that are none, and phones that take no texts.
_NO_ADDRESS = {"address_refused", "twilio_21211", "twilio_21610", "twilio_21614"}

_OPEN = (MessageState.SENDING, MessageState.UNCLEAR)


def deliver(*, message_id: UUID, now: datetime) -> None:
    """Send a message whose time has come; nothing for one that is settled, claimed by somebody else, or not due yet."""
    claimed = _claim(message_id, now=now)
    if claimed is not None:
        message, outgoing = claimed
        _settle(message, _give_to_provider(message, outgoing), now=now)


def _claim(message_id: UUID, *, now: datetime) -> tuple[Message, Outgoing] | None:
    with transaction.atomic():
        # In the order in which `queue` locks: the patient, then the message.
        patient = Patient.objects.select_for_update(no_key=True, of=("self",)).filter(messages__id=message_id).first()
        message = (
            Message.objects.select_for_update(of=("self",))
            .select_related("template", "visit__location")
            .filter(id=message_id, state__in=WAITING, not_before__lte=now)
            .first()
        )
        if patient is None or message is None:
            return None
        decision = _decision(message, patient, now=now)
        if decision.verdict == Verdict.SEND and decision.to is not None:
            message.address, message.to_guardian = decision.to.address, decision.to.to_guardian
            message.address_hash = fingerprint(ADDRESS_OF[Channel(message.channel)], message.address)
            message.state, message.rule = MessageState.SENDING, ""
            message.claimed_at, message.attempts = now, message.attempts + 1
        else:
            _stop(message, decision, now=now)
        message.save()
        if message.state != MessageState.SENDING:
            return None
        place = place_of(patient, message.visit)
        practice = current_practice()
        return message, composed(
            message,
            address=message.address,
            place=place,
            plain=patient.plain_envelope,
            practice=practice,
            feedback_link=link_for(message, now=now),
        )


def _decision(message: Message, patient: Patient, *, now: datetime) -> Decision:
    if now - message.queued_at > OUT_OF_DATE:
        return Decision(Verdict.REFUSE, Rule.TOO_LATE)
    situation = situation_of(
        patient=patient,
        template=message.template,
        visit=message.visit,
        visit_at=message.visit_at,
        now=now,
        but=message.id,
    )
    return decide(situation, now=now)


def _stop(message: Message, decision: Decision, *, now: datetime) -> None:
    message.rule = decision.rule or ""
    if decision.verdict == Verdict.HOLD:
        message.state, message.not_before = MessageState.HELD, decision.until or now
        return
    message.state, message.settled_at = MessageState.REFUSED, now
    detail = {"state": str(message.state), "rule": message.rule}
    audit.record("message.refused", patients=[message.patient_id], subject=message, detail=detail)


def _give_to_provider(message: Message, outgoing: Outgoing) -> Result:
    if message.channel == Channel.EMAIL:
        return send_mail(
            to=message.address,
            subject=outgoing.subject,
            text=outgoing.text,
            from_name=outgoing.from_name,
            headers=outgoing.headers,
        )
    number = TextNumber.objects.values_list("number", flat=True).first() or ""
    status_url = url_of(current_practice().slug, STATUS_PATH.format(message_id=message.id))
    return send_text(to=message.address, sender=number, body=outgoing.text, status_url=status_url)


def _settle(claimed: Message, result: Result, *, now: datetime) -> None:
    with transaction.atomic():
        # Not the row of before: the provider may have told us meanwhile what became of it, or the sweep gave it up.
        message = (
            Message.objects.select_for_update()
            .filter(id=claimed.id, state__in=_OPEN, attempts=claimed.attempts)
            .first()
        )
        if message is None:
            return
        code = _apply(message, result, now=now)
        message.save()
        detail = {"state": str(message.state), "rule": message.rule or None, "code": code or None}
        if message.state == MessageState.SENT and message.channel == Channel.TEXT:
            publish(TEXTED, record=message)
        audit.record("message.sent", patients=[message.patient_id], subject=message, detail=detail)


def _apply(message: Message, result: Result, *, now: datetime) -> str:
    """Change the message as the result says; returns the provider's code, "" for success."""
    match result:
        case Accepted(provider_id):
            message.state, message.rule, message.provider_id = MessageState.SENT, "", provider_id
            message.sent_at = message.settled_at = now
            return ""
        case Refused(code):
            message.state, message.rule, message.settled_at = MessageState.FAILED, Rule.PROVIDER_REFUSED, now
            if code in _NO_ADDRESS:
                unreachable(kind=ADDRESS_OF[Channel(message.channel)], address=message.address, now=now)
            return code
        case TryAgain(code) if message.attempts <= len(BACKOFF):
            message.state, message.rule = MessageState.QUEUED, ""
            message.not_before = now + BACKOFF[message.attempts - 1]
            return code
        case TryAgain(code):
            message.state, message.rule, message.settled_at = MessageState.FAILED, Rule.GAVE_UP, now
            return code
        case Unclear(code):
            message.state, message.rule = MessageState.UNCLEAR, Rule.MAY_HAVE_GONE
            return code
