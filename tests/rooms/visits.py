"""The visit itself: called in, brief read, the last step taken back."""

from datetime import timedelta

from loyalty.models import Visit, VisitStatus
from loyalty.practice_zone import practice_zone
from tests.permissions.roles import TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room


def here(ids: Ids, now: object) -> None:
    Visit.objects.filter(id=ids["visit_id"]).update(
        status=VisitStatus.ARRIVED,
        starts_at=now,
        ends_at=now + timedelta(hours=1),
        arrived_at=now,
        day=now.astimezone(practice_zone()).date(),
    )


ROOM = Room(
    practice={"visit-seen": TEAM, "visit-brief": TEAM, "visit-undo": TEAM},
    bodies={"visit-seen": Body(before=here), "visit-brief": Body(), "visit-undo": Body(before=here)},
)
