"""Days on which a location, or the whole practice, is closed; what is planned before its visits follows."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.locations.federal_holidays import FederalHoliday, federal_holidays
from loyalty.models import Holiday, Location
from loyalty.practice_zone import practice_zone
from loyalty.touchpoints.retime import retime
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.spoken import spoken_date

_LONGEST = 80
_FURTHEST = timedelta(days=3 * 366)
_SUGGESTED = timedelta(days=366)


def add_holiday(*, location_id: UUID | None, day: date, name: str, now: datetime) -> Holiday:
    """Close `day` at one location, or at all of them where `location_id` is None.

    Raises NotFound, Conflict where it is one already, DomainError for a day that is over or too far, or no name.
    """
    words = given_text(name, what="The name of the holiday", field="name", limit=_LONGEST)
    if not is_visible(words):
        raise DomainError("holiday_unnamed", "Say what the day is, such as Thanksgiving.", field="name")
    with transaction.atomic():
        places = _held(location_id)
        today = day_of(now, zone_of(places[0].time_zone) if places else practice_zone())
        if not today <= day <= today + _FURTHEST:
            raise DomainError(
                "holiday_out_of_range", "Choose a day from today on, within the next three years.", field="day"
            )
        taken = Holiday.objects.filter(Q(location_id=location_id) | Q(location__isnull=True), day=day).first()
        if taken is not None:
            said = spoken_date(day, today=today)
            raise Conflict("holiday_taken", f"{said} is a day off already: {taken.name}.", field="day")
        holiday = Holiday.objects.create(location_id=location_id, day=day, name=words)
        moved = sum(retime(place, now=now) for place in places)
        changed("holiday.added", holiday, detail={"moved": moved})
    return holiday


def remove_holiday(*, holiday_id: UUID, now: datetime) -> Holiday:
    """Work that day after all. Raises NotFound."""
    with transaction.atomic():
        holiday = Holiday.objects.select_for_update().filter(id=holiday_id).first()
        if holiday is None:
            raise NotFound("holiday_missing", "This day off is gone already.")
        places = _held(holiday.location_id)
        kept = Holiday(id=holiday.id, location_id=holiday.location_id, day=holiday.day, name=holiday.name)
        holiday.delete()
        moved = sum(retime(place, now=now) for place in places)
        changed("holiday.removed", kept, detail={"moved": moved})
    return kept


def holidays_of(location: Location, *, today: date) -> list[Holiday]:
    """Those ahead, of the location and of all."""
    ahead = Holiday.objects.filter(Q(location=location) | Q(location__isnull=True), day__gte=today)
    return list(ahead.order_by("day", "id"))


def suggested(kept: Sequence[Holiday], *, today: date) -> list[FederalHoliday]:
    """The federal holidays of the coming year that are not days off yet."""
    off = {holiday.day for holiday in kept}
    return [one for one in federal_holidays(first=today, last=today + _SUGGESTED) if one.day not in off]


def _held(location_id: UUID | None) -> list[Location]:
    """The locations that it is about, held: two people changing one week wait for each other. Raises NotFound."""
    which = Q(id=location_id) if location_id else Q(is_active=True)
    places = list(Location.objects.select_for_update(no_key=True).filter(which).order_by("id"))
    if location_id and not places:
        raise NotFound("location_missing", "There is no such location.")
    return places
