"""Amounts of money: whole minor units of one currency, and exact shares of them. No float ever holds money."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm

# How many digits stand behind the point. Others are added when a network needs them.
DIGITS = {"USD": 2, "CAD": 2, "EUR": 2, "GBP": 2, "JPY": 0}
SIGNS = {"USD": "$", "CAD": "CA$", "EUR": "€", "GBP": "£", "JPY": "¥"}


class CurrenciesDiffer(TypeError):
    """Two currencies were added or compared: somebody has to say at which rate, and this code never does."""


@dataclass(frozen=True, slots=True)
class Money:
    """minor: cents, or whatever the smallest coin of `currency` (a key of DIGITS) is; negative for what is owed back.

    Raises TypeError for an amount that is no whole number, ValueError for an unknown currency.
    """

    minor: int
    currency: str = "USD"

    def __post_init__(self) -> None:
        if type(self.minor) is not int:
            raise TypeError(f"money is counted in whole minor units, not {self.minor!r}")
        if self.currency not in DIGITS:
            raise ValueError(f"unknown currency {self.currency!r}")

    def __add__(self, other: Money) -> Money:
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        return Money(self.minor - self._same(other), self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def __lt__(self, other: Money) -> bool:
        return self.minor < self._same(other)

    def __le__(self, other: Money) -> bool:
        return self.minor <= self._same(other)

    @property
    def decimal(self) -> Decimal:
        return Decimal(self.minor).scaleb(-DIGITS[self.currency])

    def __str__(self) -> str:
        """As it is read: $1,240.00, and -$12.50."""
        sign = "-" if self.minor < 0 else ""
        return f"{sign}{SIGNS[self.currency]}{abs(self.decimal):,.{DIGITS[self.currency]}f}"

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            raise CurrenciesDiffer(f"{self.currency} and {other.currency}")
        return other.minor


def rounded(exact: Fraction) -> int:
    """To whole minor units, half to even."""
    return round(exact)


def allocate(total: int, weights: Sequence[int | Fraction]) -> list[int]:
    """`total` minor units in shares as large as `weights` are to each other: to the unit, by largest remainder.

    Weights may be negative (a return takes its share back); of equal remainders the earlier one gets the unit, so give
    them in an order that is always the same. Raises ValueError where the weights come to nothing and `total` does not.

    Source: Hamilton's method (largest remainder), as for seats; each share is less than one unit from its exact value.
    """
    # Whole numbers of one size, so that ten thousand lines take no fractions.
    scale = lcm(*(weight.denominator for weight in weights))
    parts = [int(weight * scale) for weight in weights]
    whole = sum(parts)
    if not whole:
        if total:
            raise ValueError("there is nothing to share the amount out by")
        return [0] * len(weights)
    if whole < 0:
        whole, parts = -whole, [-part for part in parts]
    shares, remainders = map(list, zip(*(divmod(total * part, whole) for part in parts), strict=True))
    by_remainder = sorted(range(len(shares)), key=lambda place: (-remainders[place], place))
    for place in by_remainder[: total - sum(shares)]:
        shares[place] += 1
    return shares
