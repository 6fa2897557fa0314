"""Icons as inline pictures: hidden from assistive technology, because words always stand beside them."""

from functools import lru_cache
from xml.etree import ElementTree

from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide.jinja import lucide

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Return the icon ``name``, ``size`` CSS pixels wide. Raises lucide.IconDoesNotExist for a name not in the set."""
    return _drawn(str(name), int(size))


@lru_cache(maxsize=512)
def _drawn(name: str, size: int) -> SafeString:
    # One drawing serves every page: a screen repeats a few icons often, and parsing one costs more than a table row.
    marks = "".join(ElementTree.tostring(mark, encoding="unicode") for mark in _marks(name))
    weight = "1.6" if size >= 20 else "1.8" if size >= 17 else "2"
    return mark_safe(  # noqa: S308 -- drawn from the package's own files, never from input
        f'<svg class="i" width="{size}" height="{size}" viewBox="0 0 24 24" stroke-width="{weight}" aria-hidden="true">'
        f"{marks}</svg>"
    )


def _marks(name: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(str(lucide(name))))  # noqa: S314 -- the same files
