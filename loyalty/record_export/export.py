"""One patient's record is handed out: to the patient, or, accounted for, to somebody else."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import IO
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.tenancy.scope import current_practice
from loyalty.disclosures.note import note_disclosure
from loyalty.models import Recipient
from loyalty.patients.locked import locked_patient
from loyalty.patients.restrictions import check_may_be_told
from loyalty.practice_zone import practice_zone
from loyalty.record_export.as_fhir import fhir_pieces
from loyalty.record_export.as_json import json_pieces
from loyalty.record_export.rows import Sight


class Form(StrEnum):
    JSON = "json"
    FHIR = "fhir"


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody who gets the record and is not the patient: who, of what sort, where, and why."""

    recipient: str
    to_whom: str
    address: str
    purpose: str


def export_record(
    *,
    patient_id: UUID,
    form: Form,
    sight: Sight,
    other: Other | None,
    by_person_id: UUID | None,
    into: IO[bytes],
    now: datetime,
) -> None:
    """Write the record into `into`, piece by piece. other: who gets it; None for the patient themselves.

    What goes to somebody else stands in the accounting of disclosures from then on. Raises NotFound, Conflict for a
    merged record, DomainError where a restriction keeps the record from them, or with the field that is missing.
    """
    with transaction.atomic():
        patient = locked_patient(patient_id)
        if other is not None:
            if other.recipient not in Recipient.values:
                raise DomainError("recipient_missing", "Choose who gets it.", field="recipient")
            check_may_be_told(patient.id, to=Recipient(other.recipient))
            note_disclosure(
                patient_id=patient.id,
                on=now.astimezone(practice_zone()).date(),
                to_whom=other.to_whom,
                address=other.address,
                what=f"The whole record, as {form.value.upper()}",
                purpose=other.purpose,
                by_export=True,
                by_person_id=by_person_id,
                now=now,
            )
        # Before the rows: what could not be written down is not handed out.
        detail = {"form": form.value, "clinical": sight.clinical, "to_patient": other is None}
        audit.record("record.exported", subject=patient, patients=[patient.id], detail=detail)
        for piece in _pieces(patient.id, form=form, sight=sight, now=now):
            into.write(piece.encode())


def _pieces(patient_id: UUID, *, form: Form, sight: Sight, now: datetime) -> Iterator[str]:
    if form == Form.FHIR:
        return fhir_pieces(patient_id, sight=sight, now=now)
    return json_pieces(patient_id, practice=current_practice().name, sight=sight, now=now)
