"""Reads an Organization."""

from loyalty.intake.fhir.address import read_address
from loyalty.intake.fhir.errors import RowRefused
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.identifiers import read_identifiers
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import OrganizationRow
from loyalty.intake.fhir.telecom import first_of, read_reaches


def read_organization(fields: Fields, *, id: str, reading: Reading) -> OrganizationRow:
    """The organization; raises RowRefused without a name."""
    name = fields.text("name", most=120)
    if not name:
        raise RowRefused("has no name that can be kept; give it a name")
    reaches = read_reaches(fields, reading=reading)
    return OrganizationRow(
        id=id,
        name=name,
        identifiers=read_identifiers(fields, reading=reading).kept,
        phone=first_of(reaches, "phone"),
        email=first_of(reaches, "email"),
        address=read_address(fields, reading=reading),
    )
