"""Inquiries that wait for a call, for the page everybody opens first."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection


@dataclass(frozen=True, slots=True)
class WaitingInquiry:
    """due_at: on the location's clock. called: somebody spoke with them before. assigned: to whom, or ""."""

    id: UUID
    name: str
    due_at: datetime
    late: bool
    called: bool
    assigned: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """open: all open ones. due: those to be called by the end of today or overdue. rows: the first of these."""

    open: int
    due: int
    overdue: int
    rows: tuple[WaitingInquiry, ...]


def waiting(*, now: datetime, until: datetime, limit: int = 3) -> Waiting:
    """until: the end of the local day. One query by an index of open inquiries. The caller's page is in the trail."""
    with connection.cursor() as cursor:
        cursor.execute(_WAITING, {"now": now, "until": until, "limit": limit})
        (row,) = cursor.fetchall()
    return Waiting(open=row[0], due=row[1], overdue=row[2], rows=tuple(_row(one, now=now) for one in row[3]))


def _row(row: list[Any], *, now: datetime) -> WaitingInquiry:
    due = datetime.fromisoformat(row[2])
    return WaitingInquiry(
        id=UUID(row[0]),
        name=row[1],
        due_at=due.astimezone(ZoneInfo(row[5])),
        late=due < now,
        called=row[3],
        assigned=row[4],
    )


_WAITING = """
WITH waiting AS (
    SELECT i.id, i.name, i.due_at, i.first_called_at IS NOT NULL AS called, coalesce(s.display_name, '') AS assigned,
        coalesce(l.time_zone, (SELECT o.time_zone FROM loyalty_location o ORDER BY o.is_active DESC, o.created_at, o.id
            LIMIT 1), 'UTC') AS zone
    FROM loyalty_inquiry i
    LEFT JOIN loyalty_location l ON l.id = i.location_id
    LEFT JOIN loyalty_staff s ON s.id = i.assigned_to_id
    WHERE i.state IN ('open', 'called')
)
SELECT count(*), count(*) FILTER (WHERE due_at <= %(until)s), count(*) FILTER (WHERE due_at < %(now)s),
    (SELECT coalesce(json_agg(json_build_array(id, name, due_at, called, assigned, zone) ORDER BY due_at, id), '[]')
        FROM (SELECT * FROM waiting WHERE due_at <= %(until)s ORDER BY due_at, id LIMIT %(limit)s) first)
FROM waiting
"""
