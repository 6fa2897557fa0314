"""The links of the rail, asked only by pages that have one: error pages must not ask who is signed in."""

from typing import Any

from django import template

from frontend.navigation import Links, links_for

register = template.Library()


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> Links:
    return links_for(context["request"].principal)
