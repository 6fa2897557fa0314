"""Calls to make."""

from datetime import datetime

from loyalty.models import ContactPoint, Touchpoint
from loyalty.touchpoints.contacts import skip
from tests.permissions.roles import TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room


def records(ids: Ids, _now: datetime) -> Ids:
    ContactPoint.objects.create(
        patient_id=ids["patient_id"], kind="phone", value="(503) 555-0176", search="5035550176", label="mobile"
    )
    return {"contact_id": Touchpoint.objects.get(kind="preview", visit_id=ids["visit_id"]).id}


def set_aside(ids: Ids, now: datetime) -> None:
    skip(touchpoint_id=ids["contact_id"], reason="Told in person", by_staff_id=None, now=now)


ROOM = Room(
    practice={
        "calls": TEAM,
        "call-outcome": TEAM,
        "call-undo": TEAM,
        "contact-made": TEAM,
        "contact-skip": TEAM,
    },
    records=records,
    bodies={
        "call-outcome": Body({"result": "reached", "confirmed": "on", "promises": "Someone calls the next morning"}),
        "call-undo": Body(before=set_aside),
        "contact-made": Body(),
        "contact-skip": Body({"why": "Told in person"}),
    },
)
