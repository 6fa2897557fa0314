"""A line of an invoice as a program sends it, before it is matched: every fault of it is one of the domain's words."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.line import MADE, GivenLine
from billing.purchasing.words import needed, optional
from core.errors import DomainError
from core.exchange.numbers import MOST, PLACES

EARLIEST = date(2000, 1, 1)
LONGEST = {"invoice": 60, "line": 40, "code": 60, "description": 200, "unit": 30}
SENT = (
    "vendor_id", "invoice", "line", "day", "code", "description", "quantity", "unit", "amount_minor", "currency",
    "is_freight",
)  # fmt: skip
_WHAT = {
    "invoice": "The number of the invoice", "line": "The number of the line", "code": "The number of the item",
    "description": "The description", "unit": "The unit",
}  # fmt: skip


def checked_text(name: str, value: str) -> str:
    """name: of LONGEST. Raises DomainError."""
    read = needed if name == "invoice" else optional
    text = read(value, what=_WHAT[name], field=name, most=LONGEST[name])
    if name == "line" and text.startswith(MADE):
        raise DomainError("line_unclear", f"The number of a line cannot begin with {MADE}.", field="line")
    return text


def checked_quantity(value: Decimal) -> Decimal:
    """Raises DomainError."""
    # In this order: of a number with hundreds of digits none is behind the point, and it cannot be rounded.
    if abs(value) >= MOST or value != round(value, PLACES):
        raise DomainError(
            "quantity_unclear",
            f"Send a number with at most {PLACES} digits behind the point, below a billion.",
            field="quantity",
        )
    return value


def given_line(given: Mapping[str, Any], *, row: int, currency: str, latest: date) -> GivenLine:
    """given: of SENT what is known, texts and quantity checked. Raises DomainError with the field."""
    if given.get("currency", currency) != currency:
        raise DomainError(
            "currency_differs", f"The contract with this vendor is in {currency}. Send it in that.", field="currency"
        )
    day = given["day"]
    if day > latest:
        raise DomainError("day_ahead", "The day has not come yet. Send the line once it was invoiced.", field="day")
    if day < EARLIEST:
        raise DomainError("day_too_early", f"Send lines from {EARLIEST.year} on.", field="day")
    code, description = given.get("code", ""), given.get("description", "")
    if not code and not description and not given.get("is_freight"):
        raise DomainError("item_unnamed", "Send the number of the item, or its description.", field="code")
    amount = given["amount_minor"]
    quantity = given.get("quantity", Decimal(-1 if amount < 0 else 1))
    if (quantity < 0) != (amount < 0) and quantity and amount:
        raise DomainError(
            "return_half",
            "Of a return, the quantity and the amount are both negative. Of a purchase, neither is.",
            field="quantity",
        )
    return GivenLine(
        row=row,
        invoice=given["invoice"],
        line=given.get("line", ""),
        day=day,
        code=code,
        description=description,
        quantity=quantity,
        unit=given.get("unit", ""),
        amount=amount,
        is_freight=given.get("is_freight", False),
    )


def as_given(line: PurchaseLine) -> dict[str, Any]:
    """A line that is kept, as if it were sent once more: for what a program leaves out of a change."""
    kept = {name: getattr(line, name) for name in SENT}
    return kept | {"line": "" if line.line.startswith(MADE) else line.line}
