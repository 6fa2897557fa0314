"""Plan and billing."""

from tests.permissions.roles import LEADERS
from tests.rooms.room import Room

ROOM = Room(
    practice={"billing": LEADERS},
)
