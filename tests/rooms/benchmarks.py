"""Each measure in full."""

from tests.permissions.roles import LEADERS
from tests.rooms.room import Room

ROOM = Room(practice={"measure": LEADERS}, records=lambda _ids, _now: {"metric": "nps"})
