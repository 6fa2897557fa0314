"""An address goes on the do-not-contact list, and whoever it belongs to gets nothing more at it, from that moment."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import audit
from core.errors import DomainError
from core.given_text import given_text
from core.messages.addresses import fingerprint, normal, veiled
from loyalty.messages.owners import owners_of
from loyalty.messages.purposes import CHANNEL_OF, PURPOSES
from loyalty.messages.rules import Rule
from loyalty.models import (
    WAITING,
    Consent,
    ContactPoint,
    Message,
    MessageState,
    Patient,
    Suppression,
    SuppressionReason,
)
from loyalty.patients.reach import newest_consents

_NOTE = 200


def stop(
    *, kind: str, address_hash: str, veiled: str, reason: str, source: str, patients: list[Patient], now: datetime
) -> bool:
    """The owner of an address asked us to stop: everything, on every purpose, at once.

    The address is suppressed, consents of `patients` for its channel are withdrawn in their own words (`source`), and
    what waits is called off. Returns whether it was news to us. Inside the caller's transaction.
    """
    is_news = _put_on_list(kind=kind, address_hash=address_hash, veiled=veiled, reason=reason, now=now)
    channel = CHANNEL_OF[ContactPoint.Kind(kind)]
    for patient in patients:
        newest = newest_consents(list(Consent.objects.filter(patient=patient, channel=channel)))
        for purpose in PURPOSES:
            held = newest.get((channel, purpose))
            if held is None or held.granted:
                Consent.objects.create(
                    patient=patient, channel=channel, purpose=purpose, granted=False, decided_at=now, source=source
                )
    _call_off(kind, address_hash, [patient.id for patient in patients], now=now)
    audit.record("suppression.added", patients=[patient.id for patient in patients], detail={"reason": reason})
    return is_news


def suppress(*, kind: str, given: str, note: str, by_person_id: UUID, now: datetime) -> Suppression:
    """Somebody asked us, in person or on the phone, to leave an address alone. Raises DomainError with the field."""
    if kind not in ContactPoint.Kind:
        raise DomainError("address_kind_unknown", "Choose phone or email.", field="kind")
    address = normal(kind, given)
    if not address:
        raise DomainError(
            "address_unusable", "Give a whole phone number with its area code, or an email address.", field="given"
        )
    words = given_text(note, what="The note", field="note", limit=_NOTE)
    hashed = fingerprint(kind, address)
    with transaction.atomic():
        patients = owners_of(kind, address, today=now.date())
        _put_on_list(
            kind=kind,
            address_hash=hashed,
            veiled=veiled(kind, address),
            reason=SuppressionReason.ASKED,
            note=words,
            by_person_id=by_person_id,
            now=now,
        )
        _call_off(kind, hashed, [patient.id for patient in patients], now=now)
        held = Suppression.objects.get(kind=kind, address_hash=hashed, lifted_at__isnull=True)
        audit.record(
            "suppression.added", patients=[one.id for one in patients], subject=held, detail={"reason": held.reason}
        )
        return held


def unreachable(*, kind: str, address: str, now: datetime) -> None:
    """The provider says that nothing can be delivered there. Inside the caller's transaction."""
    hashed = fingerprint(kind, address)
    _put_on_list(
        kind=kind,
        address_hash=hashed,
        veiled=veiled(kind, address),
        reason=SuppressionReason.UNREACHABLE,
        now=now,
    )
    patients = [patient.id for patient in owners_of(kind, address, today=now.date())]
    audit.record("suppression.added", patients=patients, detail={"reason": SuppressionReason.UNREACHABLE})


# A wish is stronger than a fault, and the patient's own word is stronger than ours.
_STRENGTH = (
    SuppressionReason.UNREACHABLE,
    SuppressionReason.ASKED,
    SuppressionReason.UNSUBSCRIBED,
    SuppressionReason.STOP,
)


def _put_on_list(
    *,
    kind: str,
    address_hash: str,
    veiled: str,
    reason: str,
    now: datetime,
    note: str = "",
    by_person_id: UUID | None = None,
) -> bool:
    """Returns whether anything changed: an address that is there for a weaker reason gets the stronger one."""
    held = (
        Suppression.objects.select_for_update()
        .filter(kind=kind, address_hash=address_hash, lifted_at__isnull=True)
        .first()
    )
    strength = {one: n for n, one in enumerate(_STRENGTH)}
    if held is not None:
        if strength[SuppressionReason(held.reason)] >= strength[SuppressionReason(reason)]:
            return False
        held.lifted_at, held.lifted_because = now, f"Replaced: {SuppressionReason(reason).label}"
        held.save(update_fields=["lifted_at", "lifted_because", "updated_at"])
    _, is_new = Suppression.objects.get_or_create(
        kind=kind,
        address_hash=address_hash,
        lifted_at__isnull=True,
        defaults={"veiled": veiled, "reason": reason, "note": note, "at": now, "by_person_id": by_person_id},
    )
    return is_new


def _call_off(kind: str, address_hash: str, patient_ids: list[UUID], *, now: datetime) -> None:
    channel = CHANNEL_OF[ContactPoint.Kind(kind)]
    waiting = Message.objects.filter(channel=channel, state__in=WAITING)
    waiting.filter(Q(address_hash=address_hash) | Q(patient_id__in=patient_ids)).update(
        state=MessageState.CANCELLED, rule=Rule.STOPPED, settled_at=now
    )
