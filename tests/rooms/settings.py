"""What can be set up in a practice."""

from datetime import datetime, timedelta

from loyalty.locations.holidays import add_holiday
from loyalty.models import Location, Service, Staff
from loyalty.services.catalogue import retire_service
from loyalty.staff.without_person import retire_staff
from tests.permissions.roles import LEADERS, OWNER, TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

WEEK = {
    f"{key}_{n}": value for n in range(5) for key, value in (("open", "on"), ("opens", "8:00"), ("closes", "16:00"))
}
PLACE = {"address": "12 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}
SERVICE = {"name": "Facial", "minutes": "50", "return_days": "30", "preview": "It is calm.", "aftercare": ""}


def records(_ids: Ids, now: datetime) -> Ids:
    day = (now + timedelta(days=40)).date()
    return {
        "holiday_id": add_holiday(location_id=None, day=day, name="Party", now=now).id,
        "staff_id": Staff.objects.create(display_name="Dr. Sato").id,
        "service_id": Service.objects.create(name="Chemical peel", minutes=45).id,
    }


ROOM = Room(
    practice={
        "settings": TEAM,
        "locations": LEADERS,
        "location-hours": LEADERS,
        "location-new": LEADERS,
        "location-closing": LEADERS,
        "location-reopening": LEADERS,
        "practice-name": OWNER,
        "holiday-new": LEADERS,
        "holiday-removal": LEADERS,
        "services": LEADERS,
        "service-new": LEADERS,
        "service": LEADERS,
        "service-retirement": LEADERS,
        "service-return": LEADERS,
        "staff": LEADERS,
        "staff-new": LEADERS,
        "staff-one": LEADERS,
        "staff-retirement": LEADERS,
        "staff-return": LEADERS,
    },
    records=records,
    bodies={
        "location-hours": Body(lambda _ids: {**WEEK, "version": Location.objects.get().hours_version}),
        "location-new": Body({**PLACE, "name": "Second floor", "time_zone": "America/Denver"}),
        # It is the only one: refused, and said so.
        "location-closing": Body(changes=False, answers=(409,)),
        "location-reopening": Body(
            before=lambda ids, _now: Location.objects.filter(id=ids["location_id"]).update(is_active=False)
        ),
        "practice-name": Body({"name": "Aurora Skin"}),
        "holiday-new": Body({"day": "2026-12-24", "name": "Christmas Eve"}),
        "holiday-removal": Body(),
        "service-new": Body(SERVICE),
        "service": Body({**SERVICE, "version": "1"}),
        "service-retirement": Body(),
        "staff-new": Body({"name": "Nurse Bailey", "role": "provider"}),
        "staff-one": Body({"name": "Dr. K. Sato", "role": "provider", "was": "Dr. Sato"}),
        "staff-retirement": Body(),
        "staff-return": Body(before=lambda ids, _now: retire_staff(staff_id=ids["staff_id"], work_to=None)),
        "service-return": Body(before=lambda ids, _now: retire_service(service_id=ids["service_id"])),
    },
)
