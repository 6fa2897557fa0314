"""The answers of patients, newest first, by what somebody looks for; and how many came which way.

Front desk has no part in it: whoever asks needs Verb.FEEDBACK_VIEW.
"""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from core import audit
from loyalty.models import FeedbackMode
from loyalty.patients.name import shown_name
from loyalty.patients.search_query import cleaned


class Show(StrEnum):
    ALL = ""
    UNREAD = "unread"
    WAITING = "waiting"
    MINE = "mine"


class Group(StrEnum):
    PROMOTERS = "promoters"
    PASSIVES = "passives"
    DETRACTORS = "detractors"


@dataclass(frozen=True, slots=True)
class Wanted:
    """show: waiting are those whose recovery is open, mine those that `me` answers for. mode: one of FeedbackMode.

    since, until: days of the answer, both included. words: in what they wrote, or in their name.
    """

    show: Show = Show.ALL
    me: UUID | None = None
    group: Group | None = None
    mode: str = ""
    location_id: UUID | None = None
    provider_id: UUID | None = None
    since: date | None = None
    until: date | None = None
    words: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page ends: the next one goes on after it."""

    at: datetime
    id: UUID


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """words: the more urgent of what they wrote, "" for none. at: on the location's clock.

    recovery: "open", "recovered", "lost" or "". assigned: to whom, or "".
    """

    id: UUID
    patient_id: UUID
    name: str
    score: int
    words: str
    mode: str
    at: datetime
    is_unread: bool
    assigned: str
    recovery: str

    @property
    def mode_words(self) -> str:
        return FeedbackMode(self.mode).label


@dataclass(frozen=True, slots=True)
class Inbox:
    rows: tuple[AnswerRow, ...]
    after: Place | None


@dataclass(slots=True)
class Condition:
    """The WHERE of `wanted` on f (feedback) and v (its visit), and what it refers to."""

    parts: list[str] = field(default_factory=lambda: ["true"])
    values: dict[str, Any] = field(default_factory=dict)

    def add(self, part: str, **values: Any) -> None:
        self.parts.append(part)
        self.values |= values

    @property
    def sql(self) -> str:
        return " AND ".join(self.parts)


def inbox(wanted: Wanted, *, limit: int, after: Place | None = None) -> Inbox:
    """Up to `limit` answers older than `after`. One query, and the trail."""
    where = condition_of(wanted)
    if after is not None:
        where.add("(f.answered_at, f.id) < (%(at)s, %(id)s)", at=after.at, id=after.id)
    with connection.cursor() as cursor:
        cursor.execute(_ROWS.format(where=where.sql), {**where.values, "limit": limit + 1})
        found = [_row(row) for row in cursor.fetchall()]
    rows = tuple(found[:limit])
    audit.record("answers.read", patients=[row.patient_id for row in rows], detail={"by_text": bool(wanted.words)})
    more = len(found) > limit
    return Inbox(rows, after=Place(rows[-1].at, rows[-1].id) if more else None)


def condition_of(wanted: Wanted) -> Condition:
    where = Condition()
    match wanted.show:
        case Show.UNREAD:
            where.add("f.read_at IS NULL")
        case Show.WAITING:
            where.add("EXISTS (SELECT FROM loyalty_recovery o WHERE o.feedback_id = f.id AND o.closed_at IS NULL)")
        case Show.MINE:
            where.add("f.assigned_to_id = %(me)s", me=wanted.me)
    match wanted.group:
        case Group.PROMOTERS:
            where.add("f.score >= 9")
        case Group.PASSIVES:
            where.add("f.score IN (7, 8)")
        case Group.DETRACTORS:
            where.add("f.score <= 6")
    if wanted.mode:
        where.add("f.mode = %(mode)s", mode=wanted.mode)
    if wanted.location_id:
        where.add("v.location_id = %(location)s", location=wanted.location_id)
    if wanted.provider_id:
        where.add("v.staff_id = %(provider)s", provider=wanted.provider_id)
    if wanted.since:
        where.add("f.day >= %(since)s", since=wanted.since)
    if wanted.until:
        where.add("f.day <= %(until)s", until=wanted.until)
    if words := cleaned(wanted.words):
        where.add(_WORDS, words=words, name=_like(words))
    return where


def _like(words: str) -> str:
    escaped = words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def _row(row: tuple[Any, ...]) -> AnswerRow:
    liked, better, zone = row[6], row[7], ZoneInfo(row[13])
    return AnswerRow(
        id=row[0],
        patient_id=row[1],
        name=shown_name(*row[2:5]),
        score=row[5],
        words=(liked or better) if row[5] >= 9 else (better or liked),
        mode=row[8],
        at=row[9].astimezone(zone),
        is_unread=row[10],
        assigned=row[11],
        recovery=row[12],
    )


# Each half has an index of its own; one condition with OR would have none.
_WORDS = """f.id IN (
    SELECT w.id FROM loyalty_feedback w
    WHERE w.words @@ websearch_to_tsquery('english', public.immutable_unaccent(%(words)s))
    UNION
    SELECT w.id FROM loyalty_feedback w JOIN loyalty_patient n ON n.id = w.patient_id
    WHERE n.search_name LIKE lower(public.immutable_unaccent(%(name)s))
)"""
_ROWS = """
SELECT f.id, f.patient_id, p.given_name, p.preferred_name, p.family_name, f.score, f.liked, f.better, f.mode,
    f.answered_at, f.read_at IS NULL, coalesce(a.display_name, ''),
    CASE WHEN r.id IS NULL THEN '' WHEN r.closed_at IS NULL THEN 'open' WHEN r.recovered THEN 'recovered'
        ELSE 'lost' END,
    coalesce(l.time_zone, (SELECT o.time_zone FROM loyalty_location o ORDER BY o.is_active DESC, o.created_at, o.id
        LIMIT 1), 'UTC')
FROM loyalty_feedback f
JOIN loyalty_patient p ON p.id = f.patient_id
LEFT JOIN loyalty_visit v ON v.id = f.visit_id
LEFT JOIN loyalty_location l ON l.id = v.location_id
LEFT JOIN loyalty_staff a ON a.id = f.assigned_to_id
LEFT JOIN loyalty_recovery r ON r.feedback_id = f.id
WHERE {where}
ORDER BY f.answered_at DESC, f.id DESC
LIMIT %(limit)s
"""
