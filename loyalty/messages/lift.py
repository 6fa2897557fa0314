"""An address comes off the do-not-contact list: for a reason that is kept, and after a STOP only by a new consent."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from loyalty.messages.owners import owners_of_hash
from loyalty.messages.purposes import CHANNEL_OF
from loyalty.models import Consent, ContactPoint, Patient, Suppression, SuppressionReason

_BECAUSE = 200
# The patient's own word, which only the patient takes back.
_OWN_WORD = {SuppressionReason.STOP, SuppressionReason.UNSUBSCRIBED}


def lift(*, suppression_id: UUID, because: str, by_person_id: UUID, now: datetime) -> Suppression:
    """Raises NotFound, Conflict where it is lifted already, DomainError for no reason or no new consent."""
    words = given_text(because, what="The reason", field="because", limit=_BECAUSE)
    if not words:
        raise DomainError("lift_without_reason", "Write why this address may be used again.", field="because")
    with transaction.atomic():
        held = Suppression.objects.select_for_update(of=("self",)).filter(id=suppression_id).first()
        if held is None:
            raise NotFound("suppression_not_found", "This entry is not on the list.")
        if held.lifted_at is not None:
            raise Conflict("suppression_lifted", "Somebody took this address off the list already.")
        patients = owners_of_hash(held.kind, held.address_hash, hint=held.veiled, today=now.date())
        consent = _new_consent(held, patients)
        if held.reason in _OWN_WORD and consent is None:
            raise DomainError(
                "lift_needs_consent",
                "They asked to be left alone. First write down on their page that they agreed again, after that day.",
            )
        held.lifted_at, held.lifted_by_person_id, held.lifted_because = now, by_person_id, words
        held.consent = consent
        held.save()
        audit.record("suppression.lifted", patients=[one.id for one in patients], subject=held)
        return held


def _new_consent(held: Suppression, patients: list[Patient]) -> Consent | None:
    """A yes given after the stop, by somebody whose address this is, that nothing has withdrawn since."""
    channel = CHANNEL_OF[ContactPoint.Kind(held.kind)]
    answers = Consent.objects.filter(patient__in=patients, channel=channel, decided_at__gt=held.at)
    newest: dict[tuple[UUID, str], Consent] = {}
    for answer in answers.order_by("decided_at", "id"):
        newest[answer.patient_id, answer.purpose] = answer
    return next((answer for answer in newest.values() if answer.granted), None)
