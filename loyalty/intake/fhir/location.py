"""Reads a Location."""

from loyalty.intake.fhir.address import read_single_address
from loyalty.intake.fhir.errors import RowRefused
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.identifiers import read_identifiers
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import read_reference
from loyalty.intake.fhir.rows import LocationRow, ReadLocation


def read_location(fields: Fields, *, id: str, reading: Reading) -> ReadLocation:
    """The location and the organization that runs it; raises RowRefused without a name."""
    name = fields.text("name", most=120)
    if not name:
        raise RowRefused("has no name that can be kept; give it a name")
    row = LocationRow(
        id=id,
        name=name,
        identifiers=read_identifiers(fields, reading=reading).kept,
        address=read_single_address(fields.part("address")),
    )
    return ReadLocation(row, read_reference(fields.part("managingOrganization"), to="Organization"))
