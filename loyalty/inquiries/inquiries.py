"""Who asked: the open ones with the call that is most overdue first, the settled ones newest first."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from core import audit
from loyalty.feedback.inbox import Place


class Show(StrEnum):
    OPEN = ""
    MINE = "mine"
    PATIENTS = "patients"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class InquiryRow:
    """Moments are on the location's clock. due_at: None where no call is due. calls: how many there were.

    guardian_name: of a minor, who is never called themself; "" for who is of age.
    last_outcome: of the newest call, "" before the first. sent_by: who sent them, "" where nobody said.
    """

    id: UUID
    name: str
    wants: str
    state: str
    asked_at: datetime
    due_at: datetime | None
    late: bool
    calls: int
    last_outcome: str
    assigned: str
    sent_by: str
    patient_id: UUID | None
    guardian_name: str


@dataclass(frozen=True, slots=True)
class Inquiries:
    rows: tuple[InquiryRow, ...]
    after: Place | None
    open: int
    overdue: int
    mine: int


def inquiries(show: Show, *, me: UUID | None, now: datetime, limit: int, after: Place | None = None) -> Inquiries:
    """Two queries, and the trail, which names the inquiries and the patients among them."""
    values: dict[str, Any] = {"me": me, "now": now, "limit": limit + 1, "at": None, "id": None}
    if after is not None:
        values |= {"at": after.at, "id": after.id}
    with connection.cursor() as cursor:
        cursor.execute(_QUERIES[show], values)
        found = cursor.fetchall()
        cursor.execute(_COUNTS, values)
        counts = cursor.fetchone()
    rows = tuple(_row(row, now=now) for row in found[:limit])
    patients = [one for row in found[:limit] for one in (row[11], row[12]) if one]
    audit.record("inquiries.read", patients=patients, detail={"inquiries": [str(row.id) for row in rows]})
    last = found[limit - 1] if len(found) > limit else None
    place = Place(last[14], last[0]) if last else None
    return Inquiries(rows, place, *counts)


def _row(row: tuple[Any, ...], *, now: datetime) -> InquiryRow:
    zone = ZoneInfo(row[13])
    return InquiryRow(
        id=row[0],
        name=row[1],
        wants=row[2],
        state=row[3],
        asked_at=row[4].astimezone(zone),
        due_at=row[5].astimezone(zone) if row[5] else None,
        late=row[5] is not None and row[5] < now,
        calls=row[6],
        last_outcome=row[7],
        assigned=row[8],
        sent_by=row[9] or row[10],
        patient_id=row[11],
        guardian_name=row[15],
    )


# Somebody to whom no call is owed stands behind all others, by when they asked.
_WHEN_DUE = "coalesce(i.due_at, i.asked_at + interval '100 years')"
_SELECT = """
SELECT i.id, i.name, i.wants, i.state, i.asked_at, i.due_at,
    (SELECT count(*) FROM loyalty_inquirycall c WHERE c.inquiry_id = i.id),
    coalesce((SELECT c.outcome FROM loyalty_inquirycall c WHERE c.inquiry_id = i.id ORDER BY c.at DESC, c.id DESC
        LIMIT 1), ''),
    coalesce(s.display_name, ''), i.referrer_name,
    coalesce(nullif(concat_ws(' ', nullif(coalesce(nullif(r.preferred_name, ''), r.given_name), ''),
        nullif(r.family_name, '')), ''), ''),
    i.patient_id, i.referrer_id,
    coalesce(l.time_zone, (SELECT o.time_zone FROM loyalty_location o ORDER BY o.is_active DESC, o.created_at, o.id
        LIMIT 1), 'UTC'),
    {place}, i.guardian_name
FROM loyalty_inquiry i
LEFT JOIN loyalty_location l ON l.id = i.location_id
LEFT JOIN loyalty_staff s ON s.id = i.assigned_to_id
LEFT JOIN loyalty_patient r ON r.id = i.referrer_id
WHERE {which}
ORDER BY {order}
LIMIT %(limit)s
"""
_OPEN = (
    f"i.state IN ('open', 'called') AND (%(at)s::timestamptz IS NULL OR ({_WHEN_DUE}, i.id) > (%(at)s, %(id)s::uuid))"
)
_SETTLED = "i.state = '{state}' AND (%(at)s::timestamptz IS NULL OR (i.asked_at, i.id) < (%(at)s, %(id)s::uuid))"
_BY_DUE, _NEWEST = f"{_WHEN_DUE}, i.id", "i.asked_at DESC, i.id DESC"
_QUERIES = {
    Show.OPEN: _SELECT.format(place=_WHEN_DUE, which=_OPEN, order=_BY_DUE),
    Show.MINE: _SELECT.format(place=_WHEN_DUE, which=f"{_OPEN} AND i.assigned_to_id = %(me)s::uuid", order=_BY_DUE),
    Show.PATIENTS: _SELECT.format(place="i.asked_at", which=_SETTLED.format(state="became_patient"), order=_NEWEST),
    Show.CLOSED: _SELECT.format(place="i.asked_at", which=_SETTLED.format(state="closed"), order=_NEWEST),
}
_COUNTS = """
SELECT count(*), count(*) FILTER (WHERE i.due_at < %(now)s), count(*) FILTER (WHERE i.assigned_to_id = %(me)s::uuid)
FROM loyalty_inquiry i WHERE i.state IN ('open', 'called')
"""
