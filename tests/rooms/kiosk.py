"""Tablets: enrolled and revoked by leaders, opened by everybody, answered by the tablet alone."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from loyalty.kiosk.enroll import enroll, invite_tablet
from loyalty.kiosk.open_visit import open_on
from loyalty.kiosk.take import take
from loyalty.models import KioskOpening, Location, Visit, VisitStatus
from loyalty.practice_zone import practice_zone
from tests.permissions.roles import KIOSK, LEADERS, PUBLIC, TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room


def records(ids: Ids, now: datetime) -> Ids:
    """A tablet that is enrolled; its token goes along, for tests that ask as it."""
    location = Visit.objects.select_related("location").get(id=ids["visit_id"]).location
    invited = invite_tablet(name="Front desk tablet", location_id=location.id, now=now)
    _, token = enroll(code=invited.code, device="Safari on iPad", now=now)
    return {"kiosk_id": invited.kiosk.id, "code": "unknown", "tablet_token": token}


def here_today(ids: Ids, now: datetime) -> None:
    starts = now - timedelta(minutes=30)
    Visit.objects.filter(id=ids["visit_id"]).update(
        status=VisitStatus.ARRIVED,
        arrived_at=starts,
        starts_at=starts,
        ends_at=None,
        day=now.astimezone(practice_zone()).date(),
    )


def opened(ids: Ids, now: datetime) -> None:
    here_today(ids, now)
    open_on(visit_id=ids["visit_id"], kiosk_id=ids["kiosk_id"], by_staff_id=None, now=now)


def taken(ids: Ids, now: datetime) -> None:
    opened(ids, now)
    take(kiosk_id=ids["kiosk_id"], opening_id=_opening_id(ids), now=now)


def _opening_id(ids: Ids) -> UUID:
    return KioskOpening.objects.get(visit_id=ids["visit_id"]).id


def _opening(ids: Ids) -> dict[str, object]:
    return {"opening": _opening_id(ids)}


def _answer(ids: Ids) -> dict[str, object]:
    return {**_opening(ids), "submission": uuid4(), "seconds_ago": 0, "score": 9}


ROOM = Room(
    practice={
        "kiosks": LEADERS,
        "kiosk-new": LEADERS,
        "kiosk-renewal": LEADERS,
        "kiosk-revocation": LEADERS,
        "visit-tablet": TEAM,
        "visit-tablet-opening": TEAM,
        "visit-tablet-code": TEAM,
        "visit-tablet-ending": TEAM,
        "kiosk": KIOSK,
        "kiosk-waiting": KIOSK,
        "kiosk-openings": KIOSK,
        "kiosk-code": KIOSK,
        "kiosk-answers": KIOSK,
        "kiosk-ending": KIOSK,
        "kiosk-exit": KIOSK,
        "kiosk-worker": PUBLIC,
        "feedback-link": PUBLIC,
        "feedback-thanks": PUBLIC,
        "kiosk-enrollment": PUBLIC,
        "kiosk-enrollment-link": PUBLIC,
    },
    records=records,
    bodies={
        "kiosk-new": Body(lambda _ids: {"name": "Room 2", "location_id": Location.objects.get().id}, answers=(200,)),
        "kiosk-renewal": Body(answers=(200,)),
        "kiosk-revocation": Body(),
        "visit-tablet-opening": Body(lambda ids: {"kiosk": ids["kiosk_id"]}, before=here_today),
        "visit-tablet-code": Body(before=here_today, answers=(200,)),
        "visit-tablet-ending": Body(before=opened),
        "kiosk-openings": Body(_opening, before=opened, answers=(200,)),
        # A wrong one: what is right is tested with the codes themselves.
        "kiosk-code": Body({"code": "000000"}, changes=False),
        "kiosk-answers": Body(_answer, before=taken, answers=(200,)),
        "kiosk-ending": Body(_opening, before=taken, answers=(200,)),
        "kiosk-exit": Body({"pin": "2580"}, changes=False),
    },
)
