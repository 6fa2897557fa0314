"""What one unit costs a member, by how many are bought at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from billing.purchasing.models import OfferPrice
from core.money import rounded


@dataclass(frozen=True, slots=True)
class Step:
    """From `quantity` on, one unit costs `minor`. minor: None where it hangs on a catalog price that nobody gave.

    off: the share below the catalog price, where the offer is of that kind.
    """

    quantity: int
    minor: int | None
    off: Decimal | None = None


def steps(prices: Iterable[OfferPrice], *, catalog_minor: int | None) -> list[Step]:
    """By quantity. A part of a cent is rounded half to even."""
    return [
        Step(one.from_quantity, one.minor if one.off is None else less(catalog_minor, one.off), one.off)
        for one in sorted(prices, key=lambda one: one.from_quantity)
    ]


def less(catalog_minor: int | None, off: Decimal) -> int | None:
    """`off` below the catalog price, in minor units."""
    return None if catalog_minor is None else rounded(catalog_minor * (1 - Fraction(off)))
