"""Whose birthday, wedding day or year with us falls on the next days."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import connection

from loyalty.occasions.calendar import recurring_days
from loyalty.occasions.wording import occasion_words
from loyalty.patients.name import shown_name

# Birthdays come from the birth date, years with us from the first visit, the rest from what was told. A birthday that
# was told as well is not said twice. The dead, the merged and those who want no contact are left in peace.
_FALLING = """
WITH due AS (SELECT * FROM unnest(%(months)s::int[], %(days)s::int[], %(dates)s::date[]) AS due (month, day, falls)),
living AS (
    SELECT id, given_name, preferred_name, family_name, birth_year, birth_month, birth_day, patient_since
    FROM loyalty_patient WHERE NOT deceased AND NOT no_contact AND merged_into_id IS NULL
),
falling AS (
    SELECT due.falls, 1 AS place, 'birthday' AS kind, '' AS label, p.birth_year AS year, p.id
    FROM due JOIN living p ON p.birth_month = due.month AND p.birth_day = due.day
    WHERE p.birth_year < extract(year FROM due.falls)
    UNION ALL
    SELECT due.falls, 2, o.kind, o.label, o.year, p.id
    FROM due JOIN loyalty_occasion o ON o.month = due.month AND o.day = due.day JOIN living p ON p.id = o.patient_id
    WHERE NOT (o.kind = 'birthday' AND o.label = '' AND p.birth_day IS NOT NULL)
    UNION ALL
    SELECT due.falls, 3, 'with_us', '', extract(year FROM p.patient_since)::int, p.id
    FROM due JOIN living p
        ON extract(month FROM p.patient_since) = due.month AND extract(day FROM p.patient_since) = due.day
    WHERE extract(year FROM p.patient_since) < extract(year FROM due.falls)
)
SELECT f.falls, f.kind, f.label, f.year, p.id, p.given_name, p.preferred_name, p.family_name
FROM falling f JOIN living p ON p.id = f.id
ORDER BY f.falls, f.place, p.family_name, p.given_name, p.id, f.label
"""


@dataclass(frozen=True, slots=True)
class OccasionItem:
    """what: "50th birthday", "5 years with us", "Wedding"."""

    patient_id: UUID
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class OccasionDay:
    day: date
    items: list[OccasionItem]


def upcoming(*, first: date, days: int) -> list[OccasionDay]:
    """One entry for each of `days` days from `first` (at most 366), also where nothing falls on it. One query."""
    recurring = recurring_days(first=first, days=days)
    with connection.cursor() as cursor:
        cursor.execute(
            _FALLING,
            {
                "months": [month for month, _ in recurring],
                "days": [day for _, day in recurring],
                "dates": list(recurring.values()),
            },
        )
        rows = cursor.fetchall()
    found: dict[date, list[OccasionItem]] = {first + timedelta(days=number): [] for number in range(days)}
    for falls, kind, label, year, patient_id, given, preferred, family in rows:
        what = occasion_words(kind=kind, label=label, year=year, day=falls)
        found[falls].append(OccasionItem(patient_id, shown_name(given, preferred, family), what))
    return [OccasionDay(day, items) for day, items in found.items()]
