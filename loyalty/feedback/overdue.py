"""Recoveries that should have gone on by now, for the page everybody opens first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from loyalty.patients.name import shown_name


@dataclass(frozen=True, slots=True)
class OverdueRecovery:
    """due_at: on the location's clock. contacted: somebody was in touch. owner: "" for nobody."""

    id: UUID
    patient_id: UUID
    name: str
    score: int
    owner: str
    due_at: datetime
    contacted: bool


@dataclass(frozen=True, slots=True)
class Overdue:
    """count: all of them; rows: the first, the longest overdue first."""

    count: int
    rows: tuple[OverdueRecovery, ...]


def overdue(*, now: datetime, limit: int = 3) -> Overdue:
    """One query by an index of open recoveries. Nothing is written to the trail: the caller's page names its patients.

    For whoever may see what patients answer (Verb.FEEDBACK_VIEW).
    """
    with connection.cursor() as cursor:
        cursor.execute(_OVERDUE, {"now": now, "limit": limit})
        rows = cursor.fetchall()
    return Overdue(count=rows[0][0] if rows else 0, rows=tuple(_row(row) for row in rows))


def _row(row: tuple[Any, ...]) -> OverdueRecovery:
    return OverdueRecovery(
        id=row[1],
        patient_id=row[2],
        name=shown_name(*row[3:6]),
        score=row[6],
        owner=row[7],
        due_at=row[8].astimezone(ZoneInfo(row[10])),
        contacted=row[9],
    )


_OVERDUE = """
SELECT count(*) OVER (), r.id, r.patient_id, p.given_name, p.preferred_name, p.family_name, f.score,
    coalesce(s.display_name, ''), r.due_at, r.first_contact_at IS NOT NULL,
    coalesce(l.time_zone, (SELECT o.time_zone FROM loyalty_location o ORDER BY o.is_active DESC, o.created_at, o.id
        LIMIT 1), 'UTC')
FROM loyalty_recovery r
JOIN loyalty_feedback f ON f.id = r.feedback_id
JOIN loyalty_patient p ON p.id = r.patient_id
LEFT JOIN loyalty_visit v ON v.id = f.visit_id
LEFT JOIN loyalty_location l ON l.id = v.location_id
LEFT JOIN loyalty_staff s ON s.id = r.owner_id
WHERE r.closed_at IS NULL AND r.joined_to_id IS NULL AND r.due_at < %(now)s
ORDER BY r.due_at, r.id
LIMIT %(limit)s
"""
