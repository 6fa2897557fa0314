"""Plan and billing."""

from tests.permissions.roles import LEADERS, PUBLIC
from tests.rooms.room import Room

ROOM = Room(
    practice={"billing": LEADERS},
    network={"stripe-events": PUBLIC},
)
