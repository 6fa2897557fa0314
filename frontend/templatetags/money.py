"""Amounts as people write them."""

from decimal import Decimal

from django import template

from core.money import Money
from frontend.forms.money import share_typed
from loyalty.gifts.limits import dollars as spoken

register = template.Library()


@register.filter
def dollars(cents: int) -> str:
    """$12.50, $15"""
    return spoken(cents)


@register.filter
def money(minor: int, currency: str) -> str:
    """$1,240.00, of minor units"""
    return str(Money(minor, currency))


@register.filter
def percent(share: Decimal) -> str:
    """12.5%, of a share"""
    return share_typed(share)
