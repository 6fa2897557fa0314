"""One row of a file, as a line of an invoice; or words that say what to correct."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TypeVar

from billing.purchasing.purchases.line import MADE, GivenLine
from billing.receiving.columns import BY_KEY
from core.money import DIGITS
from core.sheets.cells.amounts import read_amount, read_number, read_price
from core.sheets.cells.dates import read_day
from core.sheets.cells.faults import CellFault
from core.sheets.cells.text import read_text
from core.sheets.faults import RowFault
from core.sheets.names import normal

T = TypeVar("T")

_MOST = {"invoice": 60, "line": 40, "code": 60, "description": 200, "unit": 30, "kind": 40}
_RETURNS = frozenset(["return", "returned", "credit", "creditmemo", "creditnote", "refund", "rma"])
_FREIGHT = frozenset(["freight", "shipping", "delivery", "handling", "fee", "fees", "surcharge", "tax"])
_FREIGHT_LINES = frozenset(["freight", "shipping", "shippingandhandling", "shippinghandling", "handling", "delivery"])
_SALES = frozenset(["", *["invoice", "sale", "sales", "purchase", "product", "goods", "item", "order", "inventory"]])
_EARLIEST = date(2000, 1, 1)
_LARGEST = 10**13
_MOST_UNITS = 10**9


class LineReader:
    """mapping: key → place. latest: no invoice is of a later day."""

    def __init__(self, mapping: Mapping[str, int], *, date_order: str, currency: str, latest: date) -> None:
        self._mapping = mapping
        self._order = date_order
        self._currency = currency
        self._latest = latest

    def read(self, row: int, cells: Sequence[str]) -> GivenLine:
        """Raises RowFault."""
        kind = normal(self._text(cells, "kind"))
        if kind not in _SALES and kind not in _RETURNS and kind not in _FREIGHT:
            raise RowFault(f"{BY_KEY['kind'].title}: write invoice, return or freight, not “{kind[:40]}”")
        description = self._text(cells, "description")
        quantity, amount = self._quantity(cells), 0
        if "amount" in self._mapping and self._cell(cells, "amount"):
            amount = self._part(cells, "amount", lambda text: read_amount(text, currency=self._currency))
        else:
            amount = self._by_price(cells, quantity)
        if abs(amount) >= _LARGEST:
            raise RowFault("the amount is too large to be one line of an invoice")
        if kind in _RETURNS:
            quantity, amount = -abs(quantity), -abs(amount)
        elif (amount < 0) != (quantity < 0) and amount and quantity:
            # A return is written with one minus as often as with two.
            quantity, amount = -abs(quantity), -abs(amount)
        is_freight = kind in _FREIGHT or (not kind and normal(description) in _FREIGHT_LINES)
        code = self._text(cells, "code")
        if not is_freight and not code and not description:
            raise RowFault("neither an item number nor a description says what was bought")
        line = self._text(cells, "line")
        if line.startswith(MADE):
            raise RowFault(f"{BY_KEY['line'].title}: it cannot begin with {MADE}")
        return GivenLine(
            row=row,
            invoice=self._needed(cells, "invoice"),
            line=line,
            day=self._day(cells),
            code=code,
            description=description,
            quantity=quantity,
            unit=self._text(cells, "unit"),
            amount=amount,
            is_freight=is_freight,
        )

    def _quantity(self, cells: Sequence[str]) -> Decimal:
        if not self._cell(cells, "quantity"):
            return Decimal(1)
        number = self._part(cells, "quantity", read_number)
        if abs(number) >= _MOST_UNITS or number != round(number, 4):
            raise RowFault("Quantity: write at most four digits behind the point, and less than a billion")
        return number

    def _by_price(self, cells: Sequence[str], quantity: Decimal) -> int:
        if not self._cell(cells, "price"):
            raise RowFault("the row has neither an amount nor a price")
        price = self._part(cells, "price", lambda text: read_price(text, currency=self._currency))
        minor = (price * quantity).scaleb(DIGITS[self._currency])
        return int(minor.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))

    def _day(self, cells: Sequence[str]) -> date:
        self._needed(cells, "day")
        day = self._part(cells, "day", lambda text: read_day(text.strip(), order=self._order, latest=self._latest))
        if day > self._latest:
            raise RowFault(f"{BY_KEY['day'].title}: {day:%B %-d, %Y} has not come yet")
        if day < _EARLIEST:
            raise RowFault(f"{BY_KEY['day'].title}: {day.year} is too long ago")
        return day

    def _needed(self, cells: Sequence[str], key: str) -> str:
        text = self._text(cells, key)
        if not text:
            raise RowFault(f"{BY_KEY[key].title} is empty")
        return text

    def _text(self, cells: Sequence[str], key: str) -> str:
        most = _MOST.get(key, 60)
        return self._part(cells, key, lambda text: read_text(text, most=most)) if key in self._mapping else ""

    def _cell(self, cells: Sequence[str], key: str) -> str:
        return cells[self._mapping[key]].strip() if key in self._mapping else ""

    def _part(self, cells: Sequence[str], key: str, read: Callable[[str], T]) -> T:
        try:
            return read(cells[self._mapping[key]])
        except CellFault as fault:
            raise RowFault(f"{BY_KEY[key].title}: {fault}") from None
