"""Amounts as people write them."""

from decimal import Decimal
from fractions import Fraction

from django import template

from core.money import Money
from frontend.forms.money import share_typed
from loyalty.gifts.limits import dollars as spoken

register = template.Library()
_CENTS_MATTER_BELOW = 100_000


@register.filter
def dollars(cents: int) -> str:
    """$12.50, $15"""
    return spoken(cents)


@register.filter
def money(minor: int, currency: str) -> str:
    """$1,240.00, of minor units"""
    return str(Money(minor, currency))


@register.filter
def money_parts(minor: int, currency: str) -> tuple[str, str]:
    """("$1,240", ".05"), of minor units: the cents stand smaller"""
    whole, point, cents = str(Money(minor, currency)).partition(".")
    return whole, point + cents


@register.filter
def whole_money(minor: int, currency: str) -> str:
    """$10,000, of minor units: without cents where there are none, or where they do not matter"""
    whole = str(Money(minor, currency))
    return whole.partition(".")[0] if abs(minor) >= _CENTS_MATTER_BELOW else whole.removesuffix(".00")


@register.filter
def percent(share: Decimal | Fraction) -> str:
    """12.5%, of a share"""
    return share_typed(share if isinstance(share, Decimal) else Decimal(share.numerator) / Decimal(share.denominator))


@register.filter
def plain_number(number: Decimal) -> str:
    """1,200.5, without digits that say nothing"""
    return f"{number.normalize():,f}"
