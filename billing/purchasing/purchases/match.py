"""Which item of a vendor's catalog a line of an invoice is."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from billing.purchasing.models import Item, ItemAlias, ItemUnit
from core.sheets.names import normal

_NDC = 11
_EACH = frozenset(["", "ea", "each", "unit", "units", "pc", "pcs", "piece"])


@dataclass(frozen=True, slots=True)
class Matched:
    """item_id: None for a line that nobody knows. units: how many of the item's own unit; None where the line is in a
    unit that nobody knows. set_aside: the member said that it stands in no catalog.
    """

    item_id: UUID | None = None
    units: Decimal | None = None
    set_aside: bool = False


def alias_key(code: str, description: str) -> str:
    """What a member's own word for an item is kept under: of the code, or without one of the description."""
    return (normal(code) or normal(description))[:200]


class Matcher:
    """Knows one vendor's items, their units, and what one member calls them. Runs inside that member's practice."""

    def __init__(self, *, vendor_id: UUID, practice_id: UUID) -> None:
        items = list(Item.objects.filter(vendor=vendor_id).only("id", "sku", "ndc", "unit"))
        self._exact = {item.sku.upper(): item.id for item in items}
        plain = Counter(normal(item.sku) for item in items)
        # "AB-1" and "AB1" may be two items; then only what is written out tells them apart.
        self._plain = {normal(item.sku): item.id for item in items if plain[normal(item.sku)] == 1}
        self._by_ndc = {item.ndc: item.id for item in items if item.ndc}
        self._own_unit = {item.id: normal(item.unit) for item in items}
        units = ItemUnit.objects.filter(item__vendor=vendor_id).values_list("item_id", "name", "holds")
        self._holds = {(item_id, _one(normal(name))): holds for item_id, name, holds in units}
        aliases = ItemAlias.objects.filter(practice=practice_id, vendor=vendor_id).values_list("key", "item_id")
        self._aliases: dict[str, UUID | None] = dict(aliases)

    def of(self, *, code: str, description: str, quantity: Decimal, unit: str) -> Matched:
        key = alias_key(code, description)
        if key in self._aliases:
            item_id = self._aliases[key]
            if item_id is None:
                return Matched(set_aside=True)
        else:
            item_id = self._known(code)
        return Matched(item_id, self.units_of(item_id, quantity, unit)) if item_id else Matched()

    def _known(self, code: str) -> UUID | None:
        if not code:
            return None
        exact = self._exact.get(code.upper()) or self._plain.get(normal(code))
        if exact or not self._by_ndc:
            return exact
        digits = code.replace("-", "").replace(" ", "")
        return self._by_ndc.get(digits) if len(digits) == _NDC and digits.isdecimal() else None

    def units_of(self, item_id: UUID, quantity: Decimal, unit: str) -> Decimal | None:
        """How many of the item's own unit; None for a unit that nobody knows."""
        given, own = normal(unit), self._own_unit[item_id]
        if given in _EACH or _one(given) == _one(own):
            return quantity
        holds = self._holds.get((item_id, _one(given)))
        return quantity * holds if holds else None


def _one(unit: str) -> str:
    """ "vials" and "vial" are one unit."""
    return unit[:-1] if len(unit) > 2 and unit.endswith("s") and not unit.endswith("ss") else unit
