"""The body of a request: forms whose keys nest, as in items[0][price]=price_1."""

import re
from typing import Any
from urllib.parse import parse_qsl

from infra.fakes.stripe.refused import Refused

_PART = re.compile(r"\[([^\]]*)\]")


def parsed(body: str) -> dict[str, Any]:
    """Numbers stay text. Keys that are 0, 1, 2… become a list."""
    whole: dict[str, Any] = {}
    for key, value in parse_qsl(body, keep_blank_values=True):
        first, *rest = [key.split("[", 1)[0], *_PART.findall(key)]
        place = whole
        for part, following in zip([first, *rest], [*rest, None], strict=True):
            if following is None:
                place[part if part else str(len(place))] = value
            else:
                place = place.setdefault(part if part else str(len(place)), {})
    return {key: _listed(value) for key, value in whole.items()}


def _listed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    inner = {key: _listed(one) for key, one in value.items()}
    return list(inner.values()) if inner and all(key.isdigit() for key in inner) else inner


def only(given: dict[str, Any], *known: str) -> None:
    """Raises Refused for a parameter that this stand-in does not know."""
    for name in given:
        if name not in known and name != "expand":
            raise Refused(400, f"Received unknown parameter: {name}", code="parameter_unknown", param=name)


def is_yes(value: Any) -> bool:
    return value in (True, "true", "True", "1")
