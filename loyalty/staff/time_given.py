"""How much time each of the team gave to patients as people: calls, cards, letters, words face to face.

Kindness is work, so it shows. Texts and emails are left out: software sends those.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

WEEKS = 8
_BY_PEOPLE = ("call", "letter", "card", "in_person")

_TIME = """
SELECT s.id, s.display_name, ((t.done_at AT TIME ZONE %(zone)s)::date - %(first)s) / 7 AS week, count(*)::int,
    count(t.minutes)::int, coalesce(sum(t.minutes), 0)::int, count(*) FILTER (WHERE t.kind = 'note')::int,
    count(*) FILTER (WHERE t.channel = 'call')::int
FROM loyalty_touchpoint t LEFT JOIN loyalty_staff s ON s.id = t.done_by_id
WHERE t.state = 'done' AND t.channel = ANY(%(channels)s) AND t.done_at >= %(begin)s AND t.done_at < %(end)s
GROUP BY 1, 2, 3
"""


@dataclass(frozen=True, slots=True)
class Given:
    """contacts: how many; minutes: of those whose time was noted, `noted` of them. notes, calls: of the contacts."""

    contacts: int = 0
    noted: int = 0
    minutes: int = 0
    notes: int = 0
    calls: int = 0

    def __add__(self, other: "Given") -> "Given":
        return Given(
            contacts=self.contacts + other.contacts,
            noted=self.noted + other.noted,
            minutes=self.minutes + other.minutes,
            notes=self.notes + other.notes,
            calls=self.calls + other.calls,
        )


@dataclass(frozen=True, slots=True)
class StaffTime:
    """staff_id, name: None and "" for contacts that nobody was named for. weeks: the oldest first."""

    staff_id: UUID | None
    name: str
    weeks: tuple[Given, ...]
    total: Given


@dataclass(frozen=True, slots=True)
class TimeGiven:
    """weeks: their Mondays, the oldest first; the last one is still running. staff: who gave most first."""

    weeks: tuple[date, ...]
    staff: tuple[StaffTime, ...]
    totals: tuple[Given, ...]
    total: Given


def time_given(*, zone: ZoneInfo, now: datetime, weeks: int = WEEKS) -> TimeGiven:
    """Of the weeks that end with this one, by the practice's clock. Names no patient."""
    today = now.astimezone(zone).date()
    first = today - timedelta(days=today.weekday(), weeks=weeks - 1)
    mondays = tuple(first + timedelta(weeks=number) for number in range(weeks))
    parameters: dict[str, Any] = {
        "zone": zone.key,
        "first": first,
        "channels": list(_BY_PEOPLE),
        "begin": datetime.combine(first, time(), tzinfo=zone),
        "end": datetime.combine(mondays[-1] + timedelta(weeks=1), time(), tzinfo=zone),
    }
    given: dict[tuple[UUID | None, str], list[Given]] = {}
    with connection.cursor() as cursor:
        cursor.execute(_TIME, parameters)
        for staff_id, name, week, *counts in cursor.fetchall():
            of_staff = given.setdefault((staff_id, name or ""), [Given()] * weeks)
            of_staff[week] = Given(*counts)
    staff = [
        StaffTime(staff_id, name, tuple(of_staff), sum(of_staff, Given()))
        for (staff_id, name), of_staff in given.items()
    ]
    staff.sort(key=lambda one: (one.staff_id is None, -one.total.minutes, -one.total.contacts, one.name))
    totals = tuple(sum((one.weeks[number] for one in staff), Given()) for number in range(weeks))
    return TimeGiven(weeks=mondays, staff=tuple(staff), totals=totals, total=sum(totals, Given()))
