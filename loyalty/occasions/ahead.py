"""The days that matter to patients in the weeks ahead."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core import audit
from loyalty.occasions.upcoming import OccasionDay, upcoming
from loyalty.practice_zone import practice_zone

DAYS = 28
SOON_DAYS = 7


@dataclass(frozen=True, slots=True)
class Ahead:
    """today: where the practice's first location is. soon: within a week; later: after it. Empty days are left out."""

    today: date
    soon: tuple[OccasionDay, ...]
    later: tuple[OccasionDay, ...]


def occasions_ahead(*, now: datetime) -> Ahead:
    today = now.astimezone(practice_zone()).date()
    days = [day for day in upcoming(first=today, days=DAYS) if day.items]
    audit.record("occasions.read", patients=[item.patient_id for day in days for item in day.items])
    until = today + timedelta(days=SOON_DAYS)
    return Ahead(
        today=today,
        soon=tuple(day for day in days if day.day < until),
        later=tuple(day for day in days if day.day >= until),
    )
