"""All rooms together."""

from collections.abc import Mapping
from datetime import datetime
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import tests.rooms
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

ROOMS: tuple[Room, ...] = tuple(
    room
    for module in sorted(found.name for found in iter_modules(tests.rooms.__path__))
    if (room := getattr(import_module(f"tests.rooms.{module}"), "ROOM", None))
)


def may_open(host: str) -> dict[str, Any]:
    """The rows of the rooms at a host ("practice", "network"). Raises ValueError for a name that two rooms claim."""
    return _once([getattr(room, host) for room in ROOMS])


def bodies() -> dict[str, Body]:
    return _once([room.bodies for room in ROOMS])


def records(ids: Ids, now: datetime) -> Ids:
    """`ids` and those of every room, inside the practice entered."""
    for room in ROOMS:
        ids = {**ids, **room.records(ids, now)}
    return ids


def _once(parts: list[Mapping[str, Any]]) -> dict[str, Any]:
    whole: dict[str, Any] = {}
    for part in parts:
        if twice := whole.keys() & part.keys():
            raise ValueError(f"two rooms claim {sorted(twice)}")
        whole.update(part)
    return whole
