"""What the network says to everybody, the sheet of keys and the one for the morning."""

from tests.permissions.roles import ADMIN, TEAM
from tests.rooms.body import Body
from tests.rooms.room import Room

ROOM = Room(
    practice={"announcements-read": TEAM, "shortcuts": TEAM, "huddle": TEAM, "huddle-pdf": TEAM},
    network={"announcements": ADMIN, "announcement-withdrawal": ADMIN},
    # What the network said is no row of the practice's.
    bodies={"announcements-read": Body({"until": "2026-11-20T08:00:00+00:00"}, changes=False)},
)
