"""An item as somebody gave it, by hand or in a file: read by the same rules."""

from dataclasses import dataclass

from billing.purchasing.catalog.ndc import normal_ndc
from billing.purchasing.catalog.units import read_units
from billing.purchasing.words import needed, optional


@dataclass(frozen=True, slots=True)
class GivenItem:
    """units: of other units, how many of the own one they hold."""

    sku: str
    name: str
    manufacturer: str
    ndc: str
    unit: str
    units: dict[str, int]


def given_item(
    *, sku: str, name: str, unit: str, manufacturer: str = "", ndc: str = "", other_units: str = ""
) -> GivenItem:
    """Raises DomainError for a field."""
    own = needed(unit, what="The unit", field="unit", most=30)
    return GivenItem(
        sku=needed(sku, what="The item number", field="sku", most=60),
        name=needed(name, what="The name", field="name", most=160),
        manufacturer=optional(manufacturer, what="The manufacturer", field="manufacturer", most=120),
        ndc=normal_ndc(ndc),
        unit=own,
        units=read_units(other_units, unit=own),
    )
