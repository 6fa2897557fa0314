"""Numbers as people read them."""

from django import template

register = template.Library()


@register.filter
def count(value: int | None) -> str:
    """4,812; empty where there is none"""
    return "" if value is None else f"{value:,}"
