"""Amounts and percentages as people type them: $1,240.50, 1.5%. Never a float."""

from decimal import Decimal
from typing import Any

from django import forms

from core.money import DIGITS
from core.sheets.cells.amounts import read_amount, read_share
from core.sheets.cells.faults import CellFault


class _Typed(forms.Field):
    """A line of text that means a number; "" is None."""

    def __init__(self, *, label: str, **more: Any) -> None:
        super().__init__(label=label, **more)
        self.widget.attrs.update({"inputmode": "decimal", "autocomplete": "off", "maxlength": "40"})

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            return self.read(text)
        except CellFault as fault:
            raise forms.ValidationError(f"{str(fault)[:1].upper()}{str(fault)[1:]}.") from None

    def read(self, text: str) -> Any:
        raise NotImplementedError


class AmountField(_Typed):
    """In minor units of `currency`, which a form may set once it knows it."""

    currency = "USD"

    def read(self, text: str) -> int:
        return read_amount(text, currency=self.currency)

    def prepare_value(self, value: Any) -> Any:
        return amount_typed(value, self.currency) if isinstance(value, int) else value


class ShareField(_Typed):
    """A percentage, as a share: 1.5% is 0.015."""

    def read(self, text: str) -> Decimal:
        return read_share(text)

    def prepare_value(self, value: Any) -> Any:
        return share_typed(value) if isinstance(value, Decimal) else value


def amount_typed(minor: int, currency: str) -> str:
    """As somebody would type it: 1,240.50."""
    return f"{Decimal(minor).scaleb(-DIGITS[currency]):,.{DIGITS[currency]}f}"


def price_typed(minor: Decimal, currency: str) -> str:
    """As somebody would type it, with parts of a cent where it has these: 10.00, 0.125."""
    whole = minor.scaleb(-DIGITS[currency]).normalize()
    return f"{whole:,.{max(DIGITS[currency], -int(whole.as_tuple().exponent))}f}"


def share_typed(share: Decimal) -> str:
    return f"{(share * 100).normalize():f}%"
