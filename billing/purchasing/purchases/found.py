"""What is here already of the invoices that a file brings, and what of the file that is."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from uuid import UUID

from django.db.models import Q

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.line import MADE, GivenLine, Likeness, made_key
from billing.purchasing.purchases.match import alias_key


def likeness_of(line: PurchaseLine) -> Likeness:
    what = alias_key(line.code, line.description)
    return Likeness(line.invoice, line.day, what, line.quantity, line.amount_minor, line.is_freight)


class Found:
    """Of one member and vendor; told of each line that is added.

    One file numbers its lines, another does not, and both tell the same invoice. So of lines that say the same, an
    invoice has as many as the source that tells the most of them, and those with different numbers are different lines.
    """

    def __init__(self, lines: Sequence[GivenLine], *, practice_id: UUID, vendor_id: UUID) -> None:
        self._by_key: dict[tuple[str, str], PurchaseLine] = {}
        self._taken: dict[str, set[str]] = defaultdict(set)
        self._alike: Counter[Likeness] = Counter()
        self._unnumbered: dict[Likeness, list[PurchaseLine]] = defaultdict(list)
        here = PurchaseLine.objects.filter(
            Q(line__in={one.line for one in lines if one.line}) | Q(amount_minor__in={one.amount for one in lines}),
            practice=practice_id,
            vendor=vendor_id,
            invoice__in={one.invoice for one in lines},
        )
        for line in here.order_by("id").defer("external_id", "unit"):
            self._by_key[line.invoice, line.line] = line
            self._taken[line.invoice].add(line.line)
            self._alike[likeness_of(line)] += 1
            if line.line.startswith(MADE):
                self._unnumbered[likeness_of(line)].append(line)

    def numbered(self, given: GivenLine) -> PurchaseLine | None:
        return self._by_key.get((given.invoice, given.line)) if given.line else None

    def has(self, given: GivenLine, nth: int) -> bool:
        """Whether as many are here as the file has told of this likeness, this one with them."""
        return self._alike[given.likeness] >= nth

    def take_number(self, given: GivenLine) -> PurchaseLine | None:
        """A line that came without a number, and has this one from now on; None where there is none."""
        alike = self._unnumbered[given.likeness]
        if not alike:
            return None
        line = alike.pop(0)
        self._taken[line.invoice].discard(line.line)
        line.line = given.line
        self._taken[line.invoice].add(line.line)
        return line

    def add(self, given: GivenLine) -> str:
        """It is kept, too. Returns its key."""
        key = given.line or made_key(given, self._taken[given.invoice])
        self._taken[given.invoice].add(key)
        self._alike[given.likeness] += 1
        return key
