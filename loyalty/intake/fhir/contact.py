"""The people to contact for a patient."""

from loyalty.intake.fhir.coding import codes_of, read_concept
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.names import NAME_CHARACTERS, read_name
from loyalty.intake.fhir.period import is_current
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import RelatedContact
from loyalty.intake.fhir.telecom import first_of, read_reaches

# HL7 v3 RoleCode and v2 table 0063: guardian, power of attorney, parents and step-parents.
_GUARDIAN_CODES = {
    "GUARD",
    "GRD",
    "POWATT",
    "PRN",
    "PAR",
    "MTH",
    "FTH",
    "NMTH",
    "NFTH",
    "ADOPTP",
    "STPPRN",
    "STPMTH",
    "STPFTH",
}
_GUARDIAN_WORDS = {"guardian", "legal guardian", "parent", "mother", "father"}


def read_contacts(fields: Fields, *, reading: Reading) -> tuple[RelatedContact, ...]:
    """Patient.contact with a name. Whoever the export does not call a guardian or parent is no guardian."""
    found: list[RelatedContact] = []
    for item in fields.parts("contact"):
        name_fields = item.part("name")
        name = read_name(name_fields, reading=reading) if name_fields else None
        if name is None or not is_current(item, reading=reading):
            continue
        relation, is_guardian = "", False
        for concept in item.parts("relationship"):
            said = read_concept(concept)
            relation = relation or (said.name[:40] if said else "")
            words = said.name.casefold() if said else ""
            is_guardian = is_guardian or words in _GUARDIAN_WORDS or bool(codes_of(concept) & _GUARDIAN_CODES)
        reaches = read_reaches(item, reading=reading)
        found.append(
            RelatedContact(
                name=name.whole[:NAME_CHARACTERS],
                relation=relation,
                is_guardian=is_guardian,
                phone=first_of(reaches, "phone"),
                email=first_of(reaches, "email"),
            )
        )
    return tuple(found)
