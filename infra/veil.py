"""Links that are keys: an invitation, a new password. Whoever reads a log or an error report must not open them."""

import re
from typing import Any

_KEYS = re.compile(r"((?:/account/(?:invitation|password/reset/key)|/kiosk/enrollment|/f)/)[^/\s\"'?]+")


def veiled(text: str) -> str:
    """`text` with the secret part of each such link taken out."""
    return _KEYS.sub(r"\1[key]", text)


def veil_event(_logger: Any, _method: str, event: Any) -> Any:
    """For structlog: the line itself; whatever else an event carries are ids and names of things."""
    if isinstance(event.get("event"), str):
        event["event"] = veiled(event["event"])
    return event
