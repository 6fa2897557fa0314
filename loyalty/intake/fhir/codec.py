"""Rows to bytes and back, for the time between reading and loading."""

from datetime import UTC, datetime, timedelta

import orjson

from loyalty.intake.fhir.dates import PartialDate
from loyalty.intake.fhir.rows import (
    Address,
    Coded,
    Identifier,
    LocationRow,
    OrganizationRow,
    PatientRow,
    PractitionerRow,
    Reach,
    RelatedContact,
)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


def encode(row: PatientRow | PractitionerRow | OrganizationRow | LocationRow | Coded) -> bytes:
    return orjson.dumps(row)


def decode_patient(data: bytes) -> PatientRow:
    fields = orjson.loads(data)
    fields["identifiers"] = tuple(Identifier(**item) for item in fields["identifiers"])
    fields["birth_date"] = _partial_date(fields["birth_date"])
    fields["deceased_on"] = _partial_date(fields["deceased_on"])
    fields["reaches"] = tuple(Reach(**item) for item in fields["reaches"])
    fields["address"] = Address(**fields["address"])
    fields["contacts"] = tuple(RelatedContact(**item) for item in fields["contacts"])
    return PatientRow(**fields)


def decode_practitioner(data: bytes) -> PractitionerRow:
    fields = orjson.loads(data)
    fields["identifiers"] = tuple(Identifier(**item) for item in fields["identifiers"])
    return PractitionerRow(**fields)


def decode_organization(data: bytes) -> OrganizationRow:
    fields = orjson.loads(data)
    fields["identifiers"] = tuple(Identifier(**item) for item in fields["identifiers"])
    fields["address"] = Address(**fields["address"])
    return OrganizationRow(**fields)


def decode_location(data: bytes) -> LocationRow:
    fields = orjson.loads(data)
    fields["identifiers"] = tuple(Identifier(**item) for item in fields["identifiers"])
    fields["address"] = Address(**fields["address"])
    return LocationRow(**fields)


def decode_coded(data: str | None) -> Coded | None:
    fields = orjson.loads(data) if data else None
    return Coded(**fields) if fields else None


def encode_moment(moment: datetime | None) -> int | None:
    """Microseconds since 1970, exact (a float would not be)."""
    return None if moment is None else (moment - EPOCH) // MICROSECOND


def decode_moment(value: int) -> datetime:
    return EPOCH + value * MICROSECOND


def _partial_date(fields: dict[str, int] | None) -> PartialDate | None:
    return PartialDate(**fields) if fields else None
