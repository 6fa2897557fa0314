"""The links of the rail, asked only by pages that have one: error pages must not ask who is signed in."""

from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from frontend.navigation import Link, Links, links_for

register = template.Library()
# Stands where the number of waiting notes goes: the rest of the rail is the same for everybody with the same links.
_NOTES = "<!--notes-->"


@register.simple_tag(takes_context=True)
def navigation(context: dict[str, Any]) -> Links:
    return links_for(context["request"].principal)


@register.simple_tag(takes_context=True)
def items(context: dict[str, Any], links: tuple[Link, ...], place: str) -> SafeString:
    """List items for ``links``; place: "rail", "foot" or "sheet"."""
    waiting = context.get("notes_waiting") or 0
    count = render_to_string("shells/count.html", {"waiting": waiting, "place": place})
    drawn = _drawn(tuple(links), str(context.get("here", "")), place)
    return mark_safe(drawn.replace(_NOTES, count))  # noqa: S308 -- escaped above and by the template


@lru_cache(maxsize=256)
def _drawn(links: tuple[Link, ...], here: str, place: str) -> str:
    # Drawn once for all who have the same links: two dozen links cost a page more than its list.
    given = {"links": links, "here": here, "place": place, "notes": SafeString(_NOTES)}
    return render_to_string("shells/links.html", given)
