"""A patient answers whether we may reach them by one channel for one purpose. Each answer is a new row."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from core.tenancy.scope import current_practice
from loyalty.messages.rules import Rule
from loyalty.messages.wording import QUESTIONS, VERSION, wording
from loyalty.models import WAITING, Consent, Message, MessageState, Patient
from loyalty.patients.reach import newest_consents

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
    words = _checked(((channel, purpose),), source=source, version=version)
    with transaction.atomic():
        patient = _locked(patient_id)
        return _write(patient, channel, purpose, granted=granted, source=words, by_person_id=by_person_id, now=now)


def answer_many(
    *,
    patient_id: UUID,
    given: Mapping[tuple[str, str], bool],
    source: str,
    version: str,
    by_person_id: UUID | None,
    now: datetime,
) -> list[Consent]:
    """Write several answers down, all or none: (channel, purpose) → yes or no. As `answer`, and none is refused."""
    if not given:
        raise DomainError("consent_nothing_said", "Choose yes or no for what they answered. Leave the rest open.")
    words = _checked(given, source=source, version=version)
    with transaction.atomic():
        patient = _locked(patient_id)
        return [
            _write(patient, channel, purpose, granted=granted, source=words, by_person_id=by_person_id, now=now)
            for (channel, purpose), granted in given.items()
        ]


def _checked(asked: Iterable[tuple[str, str]], *, source: str, version: str) -> str:
    """The source as it is kept."""
    if any(question not in QUESTIONS for question in asked):
        raise DomainError("consent_unknown", "This is nothing that we ask. Choose one of the list.", field="channel")
    words = given_text(source, what="Who told us", field="source", limit=_SOURCE)
    if not words:
        raise DomainError("consent_without_source", "Write how we know: “told the front desk”.", field="source")
    if version != VERSION:
        raise Conflict("consent_wording_changed", "The wording changed meanwhile. Read it to them again.")
    return words


def _locked(patient_id: UUID) -> Patient:
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    return patient


def _write(
    patient: Patient,
    channel: str,
    purpose: str,
    *,
    granted: bool,
    source: str,
    by_person_id: UUID | None,
    now: datetime,
) -> Consent:
    consent = Consent.objects.create(
        patient=patient,
        channel=channel,
        purpose=purpose,
        granted=granted,
        decided_at=now,
        source=source,
        wording=wording(channel, purpose, practice=current_practice().name),
        wording_version=VERSION,
        by_person_id=by_person_id,
    )
    if not granted:
        Message.objects.filter(patient=patient, channel=channel, purpose=purpose, state__in=WAITING).update(
            state=MessageState.CANCELLED, rule=Rule.STOPPED, settled_at=now
        )
    changed(
        "consent.granted" if granted else "consent.withdrawn",
        consent,
        patients=[patient.id],
        detail={"channel": channel, "purpose": purpose, "wording": VERSION},
    )
    return consent
