"""A location's usual week is written down; what is planned before its visits follows."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from loyalty.locations.find import find_location
from loyalty.locations.hours import Week
from loyalty.models import OpeningHours
from loyalty.touchpoints.retime import retime
from loyalty.visits.spoken import WEEKDAYS


def change_hours(*, location_id: UUID, version: int, week: Week, now: datetime) -> int:
    """Keep `week`; a weekday that it lacks is closed. Returns how many open contacts got another due time.

    `version` is the one that was read (Location.hours_version). Raises NotFound, Conflict where somebody changed the
    hours since, DomainError for hours that end before they begin or a week without a working day.
    """
    for weekday, (opens, closes) in week.items():
        if closes <= opens:
            raise DomainError(
                "hours_backward", f"{WEEKDAYS[weekday]} closes before it opens. Correct one of the two.", field="hours"
            )
    if not week:
        raise DomainError(
            "hours_empty", "Open on one day at least: what is due “in two working days” needs one.", field="hours"
        )
    with transaction.atomic():
        location = find_location(location_id, held=True)
        if location.hours_version != version:
            raise Conflict(
                "hours_changed", "Somebody changed these hours meanwhile. Open the page again to see theirs first."
            )
        location.hours_version = version + 1
        location.save(update_fields=["hours_version", "updated_at"])
        OpeningHours.objects.filter(location=location).delete()
        OpeningHours.objects.bulk_create(
            OpeningHours(location=location, weekday=weekday, opens=opens, closes=closes)
            for weekday, (opens, closes) in sorted(week.items())
        )
        moved = retime(location, now=now)
        changed("location.hours_changed", location, detail={"moved": moved})
    return moved
