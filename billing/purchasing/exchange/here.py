"""The lines that are here of some invoices, held until the transaction ends, and where a new one finds its place."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from billing.purchasing.exchange.purchases import own_lines
from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.found import likeness_of
from billing.purchasing.purchases.line import MADE, GivenLine, made_key

Invoice = tuple[UUID, str]


class Here:
    """of: vendor and number of each invoice. own: how the ids of the program that asks begin."""

    def __init__(self, of: Iterable[Invoice], *, own: str) -> None:
        wanted = set(of)
        self._own = own
        self._lines: dict[Invoice, list[PurchaseLine]] = defaultdict(list)
        found = own_lines().filter(
            vendor__in={vendor_id for vendor_id, _ in wanted}, invoice__in={invoice for _, invoice in wanted}
        )
        for line in found.order_by("id").select_for_update(of=("self",)):
            self._lines[line.vendor_id, line.invoice].append(line)

    def put(self, line: PurchaseLine) -> None:
        self._lines[line.vendor_id, line.invoice].append(line)

    def drop(self, line: PurchaseLine) -> None:
        """It moves elsewhere, or says something else from now on."""
        self._lines[line.vendor_id, line.invoice].remove(line)

    def same(self, vendor_id: UUID, given: GivenLine) -> PurchaseLine | None:
        """A line that another source brought and that says just this; None where there is none.

        Two numbers that differ are two lines, whatever else they say. Those that the program knows already are taken:
        two equal lines of its own are two.
        """
        alike = [
            line
            for line in self._lines[vendor_id, given.invoice]
            if not line.external_id.startswith(self._own) and _says(line, given)
        ]
        return next((one for one in alike if one.line == given.line), next(iter(alike), None))

    def holder(self, vendor_id: UUID, given: GivenLine) -> PurchaseLine | None:
        """The line that has this number."""
        if not given.line:
            return None
        return next((one for one in self._lines[vendor_id, given.invoice] if one.line == given.line), None)

    def free_key(self, vendor_id: UUID, given: GivenLine) -> str:
        """Its number; without one what a file would call it, so that the same line in a file is known by it."""
        return given.line or made_key(given, {one.line for one in self._lines[vendor_id, given.invoice]})


def _says(line: PurchaseLine, given: GivenLine) -> bool:
    if given.line and not line.line.startswith(MADE) and line.line != given.line:
        return False
    return says_same(line, given)


def says_same(line: PurchaseLine, given: GivenLine) -> bool:
    """Whether both are of the same thing, day and money, whatever they call the unit."""
    return line.invoice == given.invoice and likeness_of(line) == given.likeness
