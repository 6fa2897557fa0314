"""A text comes in. Stop stops everything at once; whatever else it says is kept for a person to read."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.errors import NotFound
from core.messages.addresses import AddressKind, fingerprint, normal, veiled
from core.tenancy.scope import current_practice
from loyalty.messages.meaning import meaning_of
from loyalty.messages.owners import owners_of
from loyalty.messages.suppress import stop
from loyalty.models import Patient, Reply, ReplyMeaning, Suppression, SuppressionReason, TextNumber

_LONGEST = 1600


def receive(*, provider_id: str, sender: str, recipient: str, body: str, answered: bool, now: datetime) -> str:
    """Take one text and return what to answer at once, "" for nothing.

    recipient: the number it was sent to, which must be ours; NotFound for another practice's.
    provider_id: the provider may deliver a text twice; it is taken and answered once.
    answered: the provider has confirmed the stop itself, so that we do not a second time.
    """
    address = normal(AddressKind.PHONE, sender) or sender
    text = body.replace("\x00", "")[:_LONGEST]
    with transaction.atomic():
        if TextNumber.objects.exclude(number=recipient).exists():
            raise NotFound("text_number_not_ours", "This number belongs to somebody else.")
        patients = owners_of(AddressKind.PHONE, address, today=now.date())
        meaning = meaning_of(text)
        reply, is_new = Reply.objects.get_or_create(
            provider_id=provider_id,
            defaults={
                "address": address,
                "address_hash": fingerprint(AddressKind.PHONE, address),
                "patients": [patient.id for patient in patients],
                "body": text,
                "meaning": meaning,
                "received_at": now,
            },
        )
        if not is_new:
            return ""
        audit.record(
            "reply.received", patients=[patient.id for patient in patients], subject=reply, detail={"meaning": meaning}
        )
        answer = _acted(reply, patients, now=now)
        if answered:
            answer = ""
        if answer:
            reply.answer = answer
            reply.save(update_fields=["answer", "updated_at"])
        return answer


def _acted(reply: Reply, patients: list[Patient], *, now: datetime) -> str:
    practice = current_practice().name
    match reply.meaning:
        case ReplyMeaning.STOP:
            is_news = stop(
                kind=AddressKind.PHONE,
                address_hash=reply.address_hash,
                veiled=veiled(AddressKind.PHONE, reply.address),
                reason=SuppressionReason.STOP,
                source="Asked us by text to stop",
                patients=patients,
                now=now,
            )
            # The one confirmation that the law allows; a second STOP gets no second one.
            return (
                f"{practice}: you will get no more texts from us. Reply START to allow them again." if is_news else ""
            )
        case ReplyMeaning.START:
            return _start(reply, patients, practice=practice, now=now)
        case ReplyMeaning.HELP:
            return f"{practice}: these texts are about your visits. Call us for anything else. Reply STOP to opt out."
        case _:
            return ""


def _start(reply: Reply, patients: list[Patient], *, practice: str, now: datetime) -> str:
    """The number is open again. What it may be used for was withdrawn by STOP, and is asked anew."""
    held = (
        Suppression.objects.select_for_update()
        .filter(kind=AddressKind.PHONE, address_hash=reply.address_hash, lifted_at__isnull=True)
        .first()
    )
    if held is None:
        return ""
    held.lifted_at, held.lifted_because = now, "Texted START"
    held.save(update_fields=["lifted_at", "lifted_because", "updated_at"])
    audit.record("suppression.lifted", patients=[patient.id for patient in patients], subject=held)
    return f"{practice}: your number is open again. We text you once you tell us what about. Call us, or ask us here."
