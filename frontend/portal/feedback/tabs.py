"""The pages about what patients say, side by side."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tab:
    text: str
    route: str
    here: bool


_TABS = (
    ("inbox", "Answers", "portal:feedback"),
    ("recoveries", "Recoveries", "portal:recoveries"),
    ("promoters", "Promoters", "portal:promoters"),
)


def tabs_for(here: str) -> list[Tab]:
    return [Tab(text, route, key == here) for key, text, route in _TABS]
