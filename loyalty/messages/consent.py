"""A patient answers whether we may reach them by one channel for one purpose. Each answer is a new row."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core import audit
from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import current_practice
from loyalty.messages.rules import Rule
from loyalty.messages.wording import QUESTIONS, VERSION, wording
from loyalty.models import WAITING, Consent, Message, MessageState, Patient
from loyalty.patients.given_text import given_text
from loyalty.patients.reach import newest_consents

__all__ = ["Question", "answer", "history", "questions"]

_SOURCE = 120


@dataclass(frozen=True, slots=True)
class Question:
    """One thing that the patient may agree to. given: their newest answer, None where nobody asked."""

    channel: str
    purpose: str
    wording: str
    version: str
    given: Consent | None


def questions(*, patient_id: UUID) -> tuple[Question, ...]:
    """All questions with their newest answers. One query."""
    newest = newest_consents(list(Consent.objects.filter(patient_id=patient_id)))
    practice = current_practice().name
    return tuple(
        Question(
            channel, purpose, wording(channel, purpose, practice=practice), VERSION, newest.get((channel, purpose))
        )
        for channel, purpose in QUESTIONS
    )


def history(*, patient_id: UUID) -> list[Consent]:
    """Every answer there ever was, the newest first."""
    return list(Consent.objects.filter(patient_id=patient_id).order_by("-decided_at", "-id"))


def answer(
    *,
    patient_id: UUID,
    channel: str,
    purpose: str,
    granted: bool,
    source: str,
    version: str,
    by_person_id: UUID | None,
    now: datetime,
) -> Consent:
    """Write one answer down. `version`: of the wording that was shown. `source`: how we know, in words.

    A no calls off what waits. Raises NotFound, Conflict where the wording changed since it was shown, DomainError.
    """
    if (channel, purpose) not in QUESTIONS:
        raise DomainError("consent_unknown", "This is nothing that we ask. Choose one of the list.", field="channel")
    words = given_text(source, what="Who told us", field="source", limit=_SOURCE)
    if not words:
        raise DomainError("consent_without_source", "Write how we know: “told the front desk”.", field="source")
    if version != VERSION:
        raise Conflict("consent_wording_changed", "The wording changed meanwhile. Read it to them again.")
    with transaction.atomic():
        patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
        if patient is None:
            raise NotFound("patient_not_found", "This patient is not on file.")
        consent = Consent.objects.create(
            patient=patient,
            channel=channel,
            purpose=purpose,
            granted=granted,
            decided_at=now,
            source=words,
            wording=wording(channel, purpose, practice=current_practice().name),
            wording_version=VERSION,
            by_person_id=by_person_id,
        )
        if not granted:
            Message.objects.filter(Q(patient=patient, channel=channel, purpose=purpose), state__in=WAITING).update(
                state=MessageState.CANCELLED, rule=Rule.STOPPED, settled_at=now
            )
        audit.record(
            "consent.granted" if granted else "consent.withdrawn",
            patients=[patient.id],
            subject=consent,
            detail={"channel": channel, "purpose": purpose, "wording": VERSION},
        )
        return consent
