"""Whose personal day falls on which of the next days: one query for everybody."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from loyalty.occasions.calendar import recurring_days

# Birthdays come from the birth date, years with us from the first visit, the rest from what was told. A birthday that
# was told as well is not said twice. The dead, the merged and those who want no contact are left in peace.
_FALLING = """
WITH due AS (SELECT * FROM unnest(%(months)s::int[], %(days)s::int[], %(dates)s::date[]) AS due (month, day, falls)),
living AS (
    SELECT id, given_name, preferred_name, family_name, birth_year, birth_month, birth_day, patient_since
    FROM loyalty_patient WHERE NOT deceased AND NOT no_contact AND merged_into_id IS NULL
),
falling AS (
    SELECT due.falls, 1 AS place, 'birthday' AS kind, '' AS label, p.birth_year AS year, p.id, NULL::uuid AS told,
        NULL::int AS lead_days
    FROM due JOIN living p ON p.birth_month = due.month AND p.birth_day = due.day
    WHERE p.birth_year < extract(year FROM due.falls)
    UNION ALL
    SELECT due.falls, 2, o.kind, o.label, o.year, p.id, o.id, o.lead_days
    FROM due JOIN loyalty_occasion o ON o.month = due.month AND o.day = due.day JOIN living p ON p.id = o.patient_id
    WHERE NOT (o.kind = 'birthday' AND o.label = '' AND p.birth_day IS NOT NULL)
    UNION ALL
    SELECT due.falls, 3, 'with_us', '', extract(year FROM p.patient_since)::int, p.id, NULL, NULL
    FROM due JOIN living p
        ON extract(month FROM p.patient_since) = due.month AND extract(day FROM p.patient_since) = due.day
    WHERE extract(year FROM p.patient_since) < extract(year FROM due.falls)
)
SELECT f.falls, f.kind, f.label, f.year, f.told, f.lead_days, p.id, p.given_name, p.preferred_name, p.family_name
FROM falling f JOIN living p ON p.id = f.id
ORDER BY f.falls, f.place, p.family_name, p.given_name, p.id, f.label
"""


@dataclass(frozen=True, slots=True)
class Falling:
    """kind: of OccasionKind, or wording.WITH_US. occasion_id, lead_days: of what was told, else None.

    year: the first time, None where it is not known.
    """

    day: date
    kind: str
    label: str
    year: int | None
    occasion_id: UUID | None
    lead_days: int | None
    patient_id: UUID
    given: str
    preferred: str
    family: str


def falling(*, first: date, days: int) -> list[Falling]:
    """All of `days` days from `first` (at most 366), by day. One query."""
    recurring = recurring_days(first=first, days=days)
    parameters: dict[str, Any] = {
        "months": [month for month, _ in recurring],
        "days": [day for _, day in recurring],
        "dates": list(recurring.values()),
    }
    with connection.cursor() as cursor:
        cursor.execute(_FALLING, parameters)
        return [Falling(*row) for row in cursor.fetchall()]
