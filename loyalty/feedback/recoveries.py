"""Recoveries: the open ones by when they are due, so that the overdue stand first; the closed ones newest first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from core import audit
from loyalty.feedback.inbox import Place
from loyalty.patients.name import shown_name


class Show(StrEnum):
    OPEN = ""
    MINE = "mine"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """score, words: of the answer that opened it. joined: how many later answers joined it. Moments are local.

    owner: "" for nobody. closed_at, recovered: None while it is open. told: the patient knows what became of it.
    """

    id: UUID
    patient_id: UUID
    name: str
    score: int
    words: str
    owner: str
    due_at: datetime
    late: bool
    contacted: bool
    told: bool
    joined: int
    closed_at: datetime | None
    recovered: bool | None


@dataclass(frozen=True, slots=True)
class Recoveries:
    """open, overdue, mine: how many there are of all; mine: open ones of the asker."""

    rows: tuple[RecoveryRow, ...]
    after: Place | None
    open: int
    overdue: int
    mine: int


def recoveries(show: Show, *, me: UUID | None, now: datetime, limit: int, after: Place | None = None) -> Recoveries:
    """Two queries, and the trail. `after`: where the page before ended."""
    values: dict[str, Any] = {"me": me, "now": now, "limit": limit + 1, "at": None, "id": None}
    if after is not None:
        values |= {"at": after.at, "id": after.id}
    with connection.cursor() as cursor:
        cursor.execute(_CLOSED if show is Show.CLOSED else _MINE if show is Show.MINE else _OPEN, values)
        found = cursor.fetchall()
        cursor.execute(_COUNTS, values)
        counts = cursor.fetchone()
    rows = tuple(_row(row, now=now) for row in found[:limit])
    audit.record("recoveries.read", patients=[row.patient_id for row in rows])
    last = found[limit - 1] if len(found) > limit else None
    place = Place(last[12] if show is Show.CLOSED else last[8], last[0]) if last else None
    return Recoveries(rows, place, *counts)


def _row(row: tuple[Any, ...], *, now: datetime) -> RecoveryRow:
    zone = ZoneInfo(row[14])
    return RecoveryRow(
        id=row[0],
        patient_id=row[1],
        name=shown_name(*row[2:5]),
        score=row[5],
        words=row[6],
        owner=row[7],
        due_at=row[8].astimezone(zone),
        late=row[12] is None and row[8] < now,
        contacted=row[9],
        told=row[10],
        joined=row[11],
        closed_at=row[12].astimezone(zone) if row[12] else None,
        recovered=row[13],
    )


_SELECT = """
SELECT r.id, r.patient_id, p.given_name, p.preferred_name, p.family_name, f.score,
    coalesce(nullif(f.better, ''), f.liked), coalesce(s.display_name, ''), r.due_at, r.first_contact_at IS NOT NULL,
    r.patient_told_at IS NOT NULL, (SELECT count(*) FROM loyalty_recovery j WHERE j.joined_to_id = r.id),
    r.closed_at, r.recovered,
    coalesce(l.time_zone, (SELECT o.time_zone FROM loyalty_location o ORDER BY o.is_active DESC, o.created_at, o.id
        LIMIT 1), 'UTC')
FROM loyalty_recovery r
JOIN loyalty_feedback f ON f.id = r.feedback_id
JOIN loyalty_patient p ON p.id = r.patient_id
LEFT JOIN loyalty_visit v ON v.id = f.visit_id
LEFT JOIN loyalty_location l ON l.id = v.location_id
LEFT JOIN loyalty_staff s ON s.id = r.owner_id
WHERE r.joined_to_id IS NULL AND {which}
ORDER BY {order}
LIMIT %(limit)s
"""
_STILL_OPEN = "r.closed_at IS NULL AND (%(at)s::timestamptz IS NULL OR (r.due_at, r.id) > (%(at)s, %(id)s::uuid))"
_OPEN = _SELECT.format(which=_STILL_OPEN, order="r.due_at, r.id")
_MINE = _SELECT.format(which=f"{_STILL_OPEN} AND r.owner_id = %(me)s::uuid", order="r.due_at, r.id")
_CLOSED = _SELECT.format(
    which="r.closed_at IS NOT NULL AND (%(at)s::timestamptz IS NULL OR (r.closed_at, r.id) < (%(at)s, %(id)s::uuid))",
    order="r.closed_at DESC, r.id DESC",
)
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE r.due_at < %(now)s), count(*) FILTER (WHERE r.owner_id = %(me)s::uuid)
FROM loyalty_recovery r WHERE r.closed_at IS NULL AND r.joined_to_id IS NULL
"""
