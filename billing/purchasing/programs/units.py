"""What one unit of a program's items is called, and so many of them in words."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

from billing.purchasing.models import Covers, Item
from billing.purchasing.programs.terms import Terms

ANY = "unit"
# What catalogs write for a thing that has no name of its own.
_NAMELESS = {"", "ea", "each", "unit", "units"}


def with_unit(terms: Terms, *, vendor_id: UUID) -> Terms:
    """`terms` with what the catalog calls a unit of their items; "unit" where these are called differently."""
    if not terms.needs_units:
        return replace(terms, unit="")
    items = Item.objects.filter(vendor=vendor_id)
    listed = {"pk__in": terms.item_ids}
    items = items.filter(**listed) if terms.covers == Covers.LISTED else items.exclude(**listed)
    names = {name.strip().casefold() for name in items.order_by().values_list("unit", flat=True).distinct()}
    (name,) = names if len(names) == 1 else {ANY}
    return replace(terms, unit=ANY if name in _NAMELESS else name)


def units_in_words(count: Fraction | Decimal | int, unit: str) -> str:
    """ "1,200 vials", "1 box". count: with at most four digits behind the point."""
    exact = Fraction(count)
    plain = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{plain.normalize():,f} {unit if exact == 1 else many(unit)}"


def many(unit: str) -> str:
    """ "vials", "boxes", "assemblies"."""
    if unit.endswith(("s", "x", "ch", "sh")):
        return f"{unit}es"
    if unit.endswith("y") and unit[-2:-1] not in "aeiou":
        return f"{unit[:-1]}ies"
    return f"{unit}s"


def nth(number: int) -> str:
    """ "first", "2nd", "11th", "101st"."""
    if number <= 1:
        return "first"
    last = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number:,}{last}"
