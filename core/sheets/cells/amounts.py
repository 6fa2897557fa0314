"""Amounts of money and other numbers, as people and programs write them. Never a float."""

import re
from decimal import Decimal

from core.money import DIGITS, SIGNS
from core.sheets.cells.faults import CellFault, quoted

# 1240, 1240.00, 1,240.00: a comma stands where thousands end, and nowhere else.
_NUMBER = re.compile(r"(?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?")
_MOST = 15


def read_number(text: str) -> Decimal:
    """Negative with a sign before or after it, or in brackets. Raises CellFault."""
    plain = text.strip()
    inside = plain.startswith("(") and plain.endswith(")")
    bare = plain[1:-1].strip() if inside else plain
    negative = inside
    for sign in ("-", "\N{MINUS SIGN}"):
        if bare.startswith(sign) or bare.endswith(sign):
            bare, negative = bare.strip(sign).strip(), not inside
    bare = bare.removeprefix("+").strip()
    if not any(c.isdigit() for c in bare) or not bare.isascii() or not _NUMBER.fullmatch(bare):
        raise CellFault(f"{quoted(plain)} is not a number such as 1,240.50")
    if sum(c.isdigit() for c in bare) > _MOST:
        raise CellFault(f"{quoted(plain)} has too many digits")
    number = Decimal(bare.replace(",", ""))
    return -number if negative else number


def read_price(text: str, *, currency: str) -> Decimal:
    """In whole units of `currency`, with as many digits behind the point as were written. Raises CellFault."""
    return read_number(_without_sign(text, currency))


def read_amount(text: str, *, currency: str) -> int:
    """In minor units. Raises CellFault for a part of a cent, and for another currency."""
    minor = read_price(text, currency=currency).scaleb(DIGITS[currency])
    if minor != minor.to_integral_value():
        raise CellFault(f"{quoted(text.strip())} has a part of a cent; write whole cents")
    return int(minor)


def read_share(text: str) -> Decimal:
    """A percentage, as a share: "1.5 %" and "1.5" are 0.015. Raises CellFault."""
    return read_number(text.strip().removesuffix("%")).scaleb(-2)


def _without_sign(text: str, currency: str) -> str:
    plain = text.strip()
    for other, sign in SIGNS.items():
        for mark in (other, sign):
            if mark in plain and (other == currency or (mark == sign and sign == SIGNS[currency])):
                return plain.replace(mark, "", 1)
    for other, sign in SIGNS.items():
        if other in plain or sign in plain:
            raise CellFault(f"{quoted(plain)} is not in {currency}")
    return plain
