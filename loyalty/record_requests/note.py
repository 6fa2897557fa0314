"""A patient asks to correct the record (45 CFR 164.526) or to restrict who is told (45 CFR 164.522): written down."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text, is_visible
from loyalty.models import Recipient, RecordRequest, RequestKind
from loyalty.patients.locked import locked_patient
from loyalty.practice_zone import practice_zone

DAYS_TO_ANSWER = timedelta(days=60)
_TEXT, _SOURCE = 2_000, 120


def note_request(
    *,
    patient_id: UUID,
    kind: str,
    text: str,
    source: str,
    received_on: date,
    recipient: str = "",
    paid_in_full: bool = False,
    by_person_id: UUID | None,
    now: datetime,
) -> RecordRequest:
    """Write it down; it is due 60 days after `received_on`. recipient: of a restriction, who is not to be told.

    Raises NotFound, Conflict for a merged record, DomainError with the field.
    """
    if kind not in RequestKind.values:
        raise DomainError("request_kind_unknown", "Choose what they ask for.", field="kind")
    is_restriction = kind == RequestKind.RESTRICTION
    if is_restriction and recipient not in Recipient.values:
        raise DomainError("recipient_missing", "Choose who is not to be told.", field="recipient")
    words = required_text(text, what="The request", field="text", limit=_TEXT, ask="Write what they ask for.")
    told = required_text(source, what="The source", field="source", limit=_SOURCE, ask="Say how it reached you.")
    today = now.astimezone(practice_zone()).date()
    if received_on > today:
        raise DomainError("received_ahead", "Choose the day on which it reached you.", field="received_on")
    with transaction.atomic():
        patient = locked_patient(patient_id)
        request = RecordRequest.objects.create(
            patient=patient,
            kind=kind,
            text=words,
            source=told,
            recipient=recipient if is_restriction else "",
            paid_in_full=is_restriction and paid_in_full,
            received_on=received_on,
            due_on=received_on + DAYS_TO_ANSWER,
            noted_by=by_person_id,
        )
        changed("record_request.noted", request, patients=[patient.id], detail={"kind": kind})
        return request


def required_text(value: str, *, what: str, field: str, limit: int, ask: str) -> str:
    """Text with line breaks, or DomainError: `ask` says what to write where there is none."""
    words = given_text(value, what=what, field=field, limit=limit, lines=True)
    if not is_visible(words):
        raise DomainError("text_missing", ask, field=field)
    return words
