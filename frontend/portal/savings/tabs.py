"""The ways through what the practice buys and earns."""

from dataclasses import dataclass

_TABS = (
    ("savings", "Savings", "portal:savings"),
    ("purchases", "Purchases", "portal:purchases"),
    ("statements", "Statements", "portal:statements"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    text: str
    route: str
    here: bool


def tabs(here: str) -> list[Tab]:
    return [Tab(text, route, key == here) for key, text, route in _TABS]
