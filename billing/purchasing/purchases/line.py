"""One line of an invoice, as somebody gave it: before it is matched and kept."""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256
from itertools import count
from typing import NamedTuple

from billing.purchasing.purchases.match import alias_key

# A key that we made for a line without a number begins so.
MADE = "~"


class Likeness(NamedTuple):
    """What two sources say alike of one line, whatever they call its unit and whether they number it."""

    invoice: str
    day: date
    what: str
    quantity: Decimal
    amount: int
    is_freight: bool


@dataclass(frozen=True, slots=True)
class GivenLine:
    """row: where it stood, for messages. line: its number in the invoice, "" where it has none.

    amount: minor units for the goods; negative for a return, and then `quantity` is too.
    """

    row: int
    invoice: str
    line: str
    day: date
    code: str
    description: str
    quantity: Decimal
    unit: str
    amount: int
    is_freight: bool = False

    @property
    def likeness(self) -> Likeness:
        what = alias_key(self.code, self.description)
        return Likeness(self.invoice, self.day, what, self.quantity, self.amount, self.is_freight)


class Keys:
    """Of one file, in its order: which of several alike each line is. Of the numbers, each that stood there."""

    def __init__(self) -> None:
        self._alike: Counter[Likeness] = Counter()
        self._numbers: set[tuple[str, str]] = set()

    def nth(self, line: GivenLine) -> int:
        """1 for the first of its likeness; 0 for a number that the invoice has in this file already."""
        if line.line:
            number = (line.invoice, line.line)
            if number in self._numbers:
                return 0
            self._numbers.add(number)
        self._alike[line.likeness] += 1
        return self._alike[line.likeness]

    def pass_by(self, lines: Iterable[GivenLine]) -> None:
        """Count lines that were kept before."""
        for line in lines:
            self.nth(line)


def made_key(line: GivenLine, taken: Container[str]) -> str:
    """For a line without a number: of all that it says, and of how many such keys its invoice has already."""
    said = "\x1f".join((
        line.day.isoformat(), line.code, line.description, format(line.quantity.normalize(), "f"), line.unit,
        str(line.amount), str(line.is_freight),
    ))  # fmt: skip
    mark = sha256(said.encode()).hexdigest()[:24]
    return next(key for number in count(1) if (key := f"{MADE}{mark}.{number}") not in taken)
