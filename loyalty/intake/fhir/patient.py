"""Reads a Patient."""

import re
from datetime import date

from core.given_text import is_visible
from loyalty.intake.fhir.address import read_address
from loyalty.intake.fhir.coding import codes_of, read_concept
from loyalty.intake.fhir.contact import read_contacts
from loyalty.intake.fhir.dates import DateError, PartialDate, parse_date
from loyalty.intake.fhir.errors import RowRefused
from loyalty.intake.fhir.fields import Fields, kind_of
from loyalty.intake.fhir.identifiers import read_identifiers
from loyalty.intake.fhir.names import choose_names, read_name
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import Reference, read_reference
from loyalty.intake.fhir.rows import PatientRow, ReadPatient
from loyalty.intake.fhir.telecom import read_reaches

PRONOUNS = "http://hl7.org/fhir/StructureDefinition/individual-pronouns"

_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


def read_patient(fields: Fields, *, id: str, reading: Reading) -> ReadPatient:
    """The patient; raises RowRefused where nobody could be called by it.

    `gender` is not read: it is an administrative code, and says nothing about how to address anyone.
    """
    birth_date = _birth_date(fields, reading.today)
    deceased, deceased_on = _deceased(fields, birth_date)
    written = [found for item in fields.parts("name") if (found := read_name(item, reading=reading))]
    name = choose_names(written)
    if name is None or not is_visible(name.given + name.family):
        raise RowRefused("has no name that can be kept; give it a name, or leave the patient out")
    identifiers = read_identifiers(fields, reading=reading)
    row = PatientRow(
        id=id,
        record_number=identifiers.record_number,
        identifiers=identifiers.kept,
        given_name=name.given,
        family_name=name.family,
        preferred_name=name.preferred,
        pronouns=_pronouns(fields),
        birth_date=birth_date,
        deceased=deceased,
        deceased_on=deceased_on,
        language=_language(fields),
        reaches=read_reaches(fields, reading=reading),
        address=read_address(fields, reading=reading),
        contacts=read_contacts(fields, reading=reading),
    )
    return ReadPatient(row, _organizations(fields), _replaced_by(fields))


def _birth_date(fields: Fields, today: date) -> PartialDate | None:
    written = fields.text("birthDate", most=64)
    if not written:
        return None
    try:
        found = parse_date(written)
    except DateError as error:
        fields.remark(f"birthDate {error}; left out")
        return None
    if found.first > today:
        fields.remark(f"birthDate {found} is in the future; left out")
        return None
    return found


def _deceased(fields: Fields, birth_date: PartialDate | None) -> tuple[bool, PartialDate | None]:
    """Whether the patient has died, and when. In doubt nobody writes to the dead, so doubt is never read as alive."""
    flag = fields.raw("deceasedBoolean")
    if flag is not None and not isinstance(flag, bool):
        raise RowRefused(
            f"deceasedBoolean is {kind_of(flag)}, so whether the patient lives is unknown; write true or false"
        )
    if "deceasedDateTime" not in fields:
        return bool(flag), None
    try:
        died = parse_date(fields.text("deceasedDateTime", most=64))
    except DateError as error:
        fields.remark(f"deceasedDateTime {error}; the patient is kept as deceased, without a date")
        return True, None
    if birth_date is not None and died.last < birth_date.first:
        fields.remark(f"deceasedDateTime {died} is before the birth; the patient is kept as deceased, without a date")
        return True, None
    return True, died


def _language(fields: Fields) -> str:
    """The preferred language as BCP 47, else the first; "" where none is written as a code."""
    spoken = list(fields.parts("communication"))
    for item in sorted(spoken, key=lambda item: item.flag("preferred") is not True):
        language = item.part("language")
        tags = sorted(code for code in codes_of(language) if _LANGUAGE.fullmatch(code))
        if tags:
            return tags[0]
        if language is not None:
            fields.remark(f"{item.path('language')} has no language code such as en-US; left out")
    return ""


def _pronouns(fields: Fields) -> str:
    for extension in fields.parts("extension"):
        if extension.raw("url") != PRONOUNS:
            continue
        for part in extension.parts("extension"):
            concept = read_concept(part.part("valueCodeableConcept")) if part.raw("url") == "value" else None
            if concept is not None and len(concept.name) <= 40:
                return concept.name
    return ""


def _organizations(fields: Fields) -> tuple[Reference, ...]:
    written = [fields.part("managingOrganization"), *fields.parts("generalPractitioner")]
    return tuple(found for item in written if (found := read_reference(item, to="Organization")))


def _replaced_by(fields: Fields) -> Reference | None:
    for link in fields.parts("link"):
        if link.raw("type") == "replaced-by":
            return read_reference(link.part("other"), to="Patient")
    return None
