"""Icons as inline pictures: hidden from assistive technology, because words always stand beside them."""

from functools import cache, lru_cache
from importlib import resources
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from django import template
from django.utils.safestring import SafeString, mark_safe
from lucide import IconDoesNotExist

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
    try:
        drawing = ElementTree.fromstring(_drawings().read(f"{name}.svg"))  # noqa: S314 -- the same files
    except KeyError:
        raise IconDoesNotExist(f"The icon {name!r} does not exist.") from None
    for mark in drawing.iter():
        mark.tag = mark.tag.removeprefix("{http://www.w3.org/2000/svg}")
    return list(drawing)


@cache
def _drawings() -> ZipFile:
    # The package opens its archive again for each icon, which costs more than drawing a whole page. In memory, because
    # processes that were forked would share the place in an open file.
    return ZipFile(BytesIO(resources.files("lucide").joinpath("lucide.zip").read_bytes()))
