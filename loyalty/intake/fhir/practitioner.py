"""Reads a Practitioner."""

from loyalty.intake.fhir.errors import RowRefused
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.identifiers import read_identifiers
from loyalty.intake.fhir.names import NAME_CHARACTERS, choose_names, read_name
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import PractitionerRow


def read_practitioner(fields: Fields, *, id: str, reading: Reading) -> PractitionerRow:
    """The practitioner as the team says the name: "Dr. Sharyl Hilpert". Raises RowRefused without a name."""
    items = list(fields.parts("name"))
    name = choose_names([found for item in items if (found := read_name(item, reading=reading))])
    if name is None:
        raise RowRefused("has no name that can be kept; give it a name")
    title = next((text for item in items for text in item.texts("prefix", most=40)), "")
    plain = f"{name.given} {name.family}".strip()
    titled = f"{title} {plain}".strip()
    return PractitionerRow(
        id=id,
        name=titled if len(titled) <= NAME_CHARACTERS else plain[:NAME_CHARACTERS],
        active=fields.flag("active") is not False,
        identifiers=read_identifiers(fields, reading=reading).kept,
    )
