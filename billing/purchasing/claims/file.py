"""A claim as a file for the vendor: every member, every program, every line that it stands on. No patient is in it.

Where a rebate of the claim looks at units, a last column says how many of the item's own unit a line is: of a case of
ten, 10.
"""

from collections.abc import Iterator

from billing.purchasing.models import Claim, ClaimedPurchase
from billing.purchasing.purchases.line import MADE
from core.money import Money
from core.sheets.written import csv_lines

COLUMNS = (
    "Claim", "Member", "Program", "Period begins", "Period ends", "Invoice", "Line", "Invoice date", "Item number",
    "Quantity", "Unit", "Amount", "Rebate", "Currency",
)  # fmt: skip
UNITS = "Units"


def name_of(claim: Claim) -> str:
    """What the file is called. claim: with its contract."""
    return f"claim-{claim.contract.number}-{claim.last}-{claim.number}.csv"


def bytes_of(claim: Claim) -> Iterator[bytes]:
    """The file piece by piece: a claim of a large network has a hundred thousand lines."""
    columns = (*COLUMNS, UNITS) if _has_units(claim) else COLUMNS
    return (line.encode() for line in csv_lines(columns, file_of(claim)))


def file_of(claim: Claim) -> Iterator[tuple[str, ...]]:
    """Rows as text, by member, program and day."""
    has_units = _has_units(claim)
    purchases = (
        ClaimedPurchase.objects.filter(of__claim=claim)
        .select_related("of__practice", "of__program", "purchase")
        .order_by(
            "of__practice__name", "of__program__name", "purchase__day", "purchase__invoice", "purchase__line", "pk"
        )
    )
    for one in purchases.iterator(chunk_size=2_000):
        line = one.purchase
        yield (
            f"{claim.last}-{claim.number}",
            one.of.practice.name,
            one.of.program.name,
            one.of.first.isoformat(),
            one.of.last.isoformat(),
            line.invoice,
            "" if line.line.startswith(MADE) else line.line,
            line.day.isoformat(),
            line.code,
            f"{line.quantity.normalize():f}",
            line.unit,
            _plain(line.amount_minor, line.currency),
            _plain(one.cents, claim.currency),
            claim.currency,
            *((_units(one),) if has_units else ()),
        )


def _has_units(claim: Claim) -> bool:
    return claim.lines.filter(base_units__isnull=False).exists()


def _units(one: ClaimedPurchase) -> str:
    units = one.purchase.units
    return "" if one.of.base_units is None or units is None else f"{units.normalize():f}"


def _plain(minor: int, currency: str) -> str:
    return str(Money(minor, currency).decimal)
