"""The details of a patient are changed: names, birth, language, address, tags, what the practice needs to know."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import is_visible
from core.violated import violated
from loyalty.models import Channel, Patient, YesNoUnknown
from loyalty.patients.details import (
    WORDS,
    checked_channel,
    checked_language,
    checked_tags,
    detail,
    record_number_taken,
)
from loyalty.patients.locked import locked_patient
from loyalty.patients.meanwhile import check_unchanged
from loyalty.patients.partial_date import FURTHEST_EAST, PartialDate, checked_birth

_TYPED = tuple(WORDS)
_WHAT = {
    **{name: what.removeprefix("The ").capitalize() for name, what in WORDS.items()},
    "birth": "Born",
    "language": "Language",
    "preferred_channel": "Likes to be reached by",
    "tags": "Tags",
    "federal_program": "Federal program",
}


def details_of(patient: Patient) -> dict[str, str]:
    """The details as text, for comparing: what an editor saw with what stands there when they save."""
    birth = PartialDate(patient.birth_year, patient.birth_month, patient.birth_day)
    return {name: getattr(patient, name) for name in _TYPED} | {
        "birth": str(birth),
        "language": patient.language,
        "preferred_channel": Channel(patient.preferred_channel).label if patient.preferred_channel else "",
        "tags": ", ".join(patient.tags),
        "federal_program": YesNoUnknown(patient.federal_program).label,
    }


def change_patient(
    *,
    patient_id: UUID,
    typed: Mapping[str, str],
    birth: tuple[int | None, int | None, int | None],
    language: str,
    preferred_channel: str,
    tags: list[str],
    federal_program: str,
    was: Mapping[str, str],
    now: datetime,
) -> Patient:
    """Keep the details as given. typed: column → text, of the columns in details.WORDS; what is missing stays.

    was: `details_of` the patient as the asker saw them. Raises NotFound, ChangedMeanwhile where somebody else changed
    any of it, Conflict for a merged record, DomainError with the field that cannot be kept.
    """
    born = checked_birth(birth, today=(now + FURTHEST_EAST).date())
    given = {name: detail(name, value) for name, value in typed.items()}
    if federal_program not in YesNoUnknown.values:
        raise DomainError("program_unknown", "Choose yes, no or not known.", field="federal_program")
    given |= {
        "language": checked_language(language),
        "preferred_channel": checked_channel(preferred_channel),
        "federal_program": federal_program,
    }
    kept_tags = checked_tags(tags)
    try:
        with transaction.atomic():
            patient = locked_patient(patient_id)
            check_unchanged(was=was, now=details_of(patient), words=_WHAT)
            before = details_of(patient)
            for name, value in given.items():
                setattr(patient, name, value)
            patient.birth_year, patient.birth_month, patient.birth_day = born
            patient.tags = kept_tags
            if not is_visible(patient.given_name + patient.family_name + patient.preferred_name):
                raise DomainError("name_missing", "Give at least one name.", field="given_name")
            after = details_of(patient)
            which = sorted(name for name in after if after[name] != before[name])
            if which:
                columns = [*given, "birth_year", "birth_month", "birth_day", "tags", "updated_at"]
                patient.save(update_fields=columns)
                changed("patient.changed", patient, patients=[patient.id], detail={"fields": which})
    except IntegrityError as error:
        if violated(error) != "patient_record_number_once":
            raise
        raise record_number_taken(given["record_number"]) from None
    return patient
