"""How much time the team gives to patients."""

from tests.permissions.roles import OWNER
from tests.rooms.room import Room

ROOM = Room(practice={"staff-time": OWNER})
