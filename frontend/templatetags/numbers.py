"""Numbers as people read them."""

from django import template

register = template.Library()


@register.filter
def count(value: int | None) -> str:
    """4,812; empty where there is none"""
    return "" if value is None else f"{value:,}"


@register.filter
def share(value: float) -> str:
    """A share from 0 to 1 in percent, never surer than one can be: "62%", "under 1%", "over 99%"."""
    if 0 < value < 0.01:
        return "under 1%"
    return "over 99%" if 0.99 < value < 1 else f"{value:.0%}"
