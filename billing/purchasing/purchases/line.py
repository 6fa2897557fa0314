"""One line of an invoice, as somebody gave it: before it is matched and kept."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from hashlib import sha256


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


class Keys:
    """What tells each line from the others of its invoice.

    A line without a number is known by all that it says, and by how many alike came before it in the same invoice: two
    equal lines are two, and the same file read again is the same two. Lines have to come in the order of their file.
    """

    def __init__(self) -> None:
        self._seen: Counter[tuple[str, str]] = Counter()

    def of(self, line: GivenLine) -> str:
        if line.line:
            return line.line
        said = "\x1f".join((
            line.day.isoformat(), line.code, line.description, format(line.quantity.normalize(), "f"), line.unit,
            str(line.amount), str(line.is_freight),
        ))  # fmt: skip
        mark = sha256(said.encode()).hexdigest()[:24]
        self._seen[(line.invoice, mark)] += 1
        return f"~{mark}.{self._seen[(line.invoice, mark)]}"

    def pass_by(self, lines: Iterable[GivenLine]) -> None:
        """Count lines that were kept before."""
        for line in lines:
            self.of(line)
