"""What of a patient an import writes, and what it leaves to the practice."""

from dataclasses import dataclass
from datetime import date

from loyalty.intake.fhir.plan import PlannedPatient


@dataclass(frozen=True, slots=True)
class PatientColumns:
    """In the order of COLUMNS. Wishes for discretion, channels and programs are the practice's own: never imported."""

    record_number: str
    given_name: str
    family_name: str
    preferred_name: str
    pronouns: str
    birth_year: int | None
    birth_month: int | None
    birth_day: int | None
    language: str
    address: str
    city: str
    state: str
    postal_code: str
    country: str
    deceased: bool
    deceased_on: date | None
    patient_since: date | None


COLUMNS = tuple(PatientColumns.__dataclass_fields__)

_BIRTH = ("birth_year", "birth_month", "birth_day")
_ADDRESS = ("address", "city", "state", "postal_code", "country")


def columns_of(planned: PlannedPatient, *, record_number: str) -> PatientColumns:
    row, born, died = planned.row, planned.row.birth_date, planned.row.deceased_on
    return PatientColumns(
        record_number=record_number,
        given_name=row.given_name,
        family_name=row.family_name,
        preferred_name=row.preferred_name,
        pronouns=row.pronouns,
        birth_year=born.year if born else None,
        birth_month=born.month if born else None,
        birth_day=born.day if born else None,
        language=row.language,
        address=row.address.line,
        city=row.address.city,
        state=row.address.state,
        postal_code=row.address.postal_code,
        country=row.address.country,
        deceased=row.deceased,
        # A day is asked for here; part of one is not a day.
        deceased_on=died.first if died and died.day else None,
        patient_since=planned.first_day,
    )


def renewed(known: PatientColumns, said: PatientColumns) -> PatientColumns:
    """`known` with what the source says now. What the source leaves empty stays; nobody comes back from the dead.

    Dates and addresses change as a whole; a birth date is not replaced by a less exact one that agrees with it.
    """
    values = {name: getattr(said, name) or getattr(known, name) for name in COLUMNS}
    new_birth, old_birth = ([getattr(one, name) for name in _BIRTH] for one in (said, known))
    exact = [part for part in new_birth if part is not None]
    kept_birth = old_birth if old_birth[: len(exact)] == exact else new_birth
    values |= dict(zip(_BIRTH, kept_birth, strict=True))
    moved = said if any(getattr(said, name) for name in _ADDRESS) else known
    values |= {name: getattr(moved, name) for name in _ADDRESS}
    days = [day for day in (known.patient_since, said.patient_since) if day is not None]
    values["patient_since"] = min(days, default=None)
    return PatientColumns(**values)


def values_of(columns: PatientColumns) -> tuple[object, ...]:
    return tuple(getattr(columns, name) for name in COLUMNS)
