"""What the first page weighs on the wire: its HTML, and all that a browser fetches with it for the first time."""

import re
from pathlib import Path

from django.conf import settings

KILO = 1024


def first_load(page: str) -> dict[str, int]:
    """Bytes by kind of what `page` (not packed) names: style sheets, scripts, and the fonts for English text."""
    named = set(re.findall(r'(?:href|src)="/static/([^"]+\.(?:css|js|svg))"', page))
    sizes = {"css": 0, "js": 0, "svg": 0, "fonts": 0}
    fonts: set[str] = set()
    for name in named:
        sizes[name.rpartition(".")[2]] += _packed(name)
        if name.endswith(".css"):
            fonts |= {
                font.rpartition("/")[2]
                for font in re.findall(r'url\("([^"]+woff2)"\)', (_root() / name).read_text())
                if "-latin-ext-" not in font and "-vietnamese-" not in font
            }
    sizes["fonts"] = sum((_root() / "fonts" / font).stat().st_size for font in fonts)
    return sizes


def _packed(name: str) -> int:
    """As the server sends it: by Brotli where that was made."""
    packed = _root() / f"{name}.br"
    return (packed if packed.exists() else _root() / name).stat().st_size


def _root() -> Path:
    return Path(settings.STATIC_ROOT)
