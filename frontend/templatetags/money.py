"""Amounts as people write them."""

from django import template

from loyalty.gifts.limits import dollars as spoken

register = template.Library()


@register.filter
def dollars(cents: int) -> str:
    """$12.50, $15"""
    return spoken(cents)
