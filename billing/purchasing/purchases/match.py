"""Which item of a vendor's catalog a line of an invoice is."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from billing.purchasing.catalog.ndc import normal_ndc
from billing.purchasing.models import Item, ItemAlias, ItemName, ItemUnit
from core.errors import DomainError
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
    """What another word for an item is kept under: of the code, or without one of the description."""
    return (normal(code) or normal(description))[:200]


class Shelf:
    """One vendor's items, their units, and what the network says they are called besides."""

    def __init__(self, vendor_id: UUID) -> None:
        self.vendor_id = vendor_id
        items = list(Item.objects.filter(vendor=vendor_id).only("id", "sku", "ndc", "unit"))
        self._exact = {item.sku.upper(): item.id for item in items}
        plain = Counter(normal(item.sku) for item in items)
        # "AB-1" and "AB1" may be two items; then only what is written out tells them apart.
        self._plain = {normal(item.sku): item.id for item in items if plain[normal(item.sku)] == 1}
        self._by_ndc = {item.ndc: item.id for item in items if item.ndc}
        self._own_unit = {item.id: normal(item.unit) for item in items}
        units = ItemUnit.objects.filter(item__vendor=vendor_id).values_list("item_id", "name", "holds")
        self._holds = {(item_id, _one(normal(name))): holds for item_id, name, holds in units}
        self._names = dict(ItemName.objects.filter(vendor=vendor_id).values_list("key", "item_id"))

    def item_of(self, code: str, description: str) -> UUID | None:
        """By the number of the catalog, or else by another name."""
        return self._by_number(code) or self._names.get(alias_key(code, description))

    def _by_number(self, code: str) -> UUID | None:
        if not code:
            return None
        exact = self._exact.get(code.upper()) or self._plain.get(normal(code))
        return exact or (self._by_ndc.get(_ndc(code)) if self._by_ndc else None)

    def units_of(self, item_id: UUID, quantity: Decimal, unit: str) -> Decimal | None:
        """How many of the item's own unit; None for a unit that nobody knows."""
        given, own = normal(unit), self._own_unit[item_id]
        if given in _EACH or _one(given) == _one(own):
            return quantity
        holds = self._holds.get((item_id, _one(given)))
        return quantity * holds if holds else None


class Matcher:
    """Knows one vendor's shelf, and what one member calls what stands there. Runs inside that member's practice, or in
    the control plane."""

    def __init__(self, *, vendor_id: UUID, practice_id: UUID, shelf: Shelf | None = None) -> None:
        self.shelf = shelf or Shelf(vendor_id)
        aliases = ItemAlias.objects.filter(practice=practice_id, vendor=vendor_id).values_list("key", "item_id")
        self._aliases: dict[str, UUID | None] = dict(aliases)

    def of(self, *, code: str, description: str, quantity: Decimal, unit: str) -> Matched:
        key = alias_key(code, description)
        if key in self._aliases:
            item_id = self._aliases[key]
            if item_id is None:
                return Matched(set_aside=True)
        else:
            item_id = self.shelf.item_of(code, description)
        return Matched(item_id, self.shelf.units_of(item_id, quantity, unit)) if item_id else Matched()


def _ndc(code: str) -> str:
    """The eleven digits of an NDC in any of the shapes of labels and bills; "" for what is none."""
    try:
        return normal_ndc(code)
    except DomainError:
        # Dashes at other places than an NDC has them say nothing; eleven digits do.
        digits = code.replace("-", "").replace(" ", "")
        return digits if len(digits) == _NDC and digits.isascii() and digits.isdecimal() else ""


def _one(unit: str) -> str:
    """ "vials" and "vial" are one unit."""
    return unit[:-1] if len(unit) > 2 and unit.endswith("s") and not unit.endswith("ss") else unit
