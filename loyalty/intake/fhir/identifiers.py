"""Identifiers: a practice's own numbers are kept, a government's are not."""

from dataclasses import dataclass

from loyalty.intake.fhir.coding import codes_of
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.period import is_current
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import Identifier

# HL7 v2 table 0203: medical record, temporary record, patient internal and external, resource, national provider.
_KEPT_TYPES = {"MR", "MRT", "PI", "PE", "RI", "NPI"}
RECORD_NUMBER_CHARACTERS = 64

# Systems that are a government's or an insurer's even where no type says so.
_LEFT_OUT_SYSTEMS = {
    "http://hl7.org/fhir/sid/us-ssn",
    "http://hl7.org/fhir/sid/us-itin",
    "http://hl7.org/fhir/sid/us-medicare",
    "http://hl7.org/fhir/sid/us-mbi",
    "http://hl7.org/fhir/sid/us-tin",
    "urn:oid:2.16.840.1.113883.4.1",
}


@dataclass(frozen=True, slots=True)
class Identifiers:
    """record_number: the first medical record number, as text; "" where there is none. kept: each identifier once."""

    record_number: str
    kept: tuple[Identifier, ...]


def read_identifiers(fields: Fields, *, reading: Reading) -> Identifiers:
    """Identifiers worth matching by. Social security, license, passport and insurance numbers are never read."""
    record_number = ""
    kept: dict[Identifier, None] = {}
    for item in fields.parts("identifier"):
        types = codes_of(item.part("type"))
        system, value = item.text("system"), item.text("value")
        unwanted = system in _LEFT_OUT_SYSTEMS or (types and not types & _KEPT_TYPES)
        if unwanted or not value or not is_current(item, reading=reading):
            continue
        kept[Identifier(system, value)] = None
        if "MR" in types and not record_number:
            record_number = _fitting(value, item)
    return Identifiers(record_number, tuple(kept))


def _fitting(value: str, item: Fields) -> str:
    if len(value) <= RECORD_NUMBER_CHARACTERS:
        return value
    item.remark(f"{item.path('value')} is longer than {RECORD_NUMBER_CHARACTERS} characters for a record number")
    return ""
