"""The people who would send us their friends: who they are, what they loved, whom they sent, how to do it again.

This list never selects who is asked for a public review, and nothing that selects them may import it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from core import audit
from loyalty.feedback.inbox import Place
from loyalty.models import Loved
from loyalty.patients.name import shown_name

# Below so many visits nothing is usual; and so large a share of them makes it so.
_FEWEST, _MOSTLY = 2, 2 / 3
_THEMES_DAYS = 365


@dataclass(frozen=True, slots=True)
class Promoter:
    """By their last answer, 9 or 10: answer_id. at: of it, local. quote: their newest words of praise, "" for none.

    visits: days they came; since: the first of these. again: how to do it again, from the record. sent: whom they sent.
    note_waits: a thank-you waits to be written. story: "asked", "agreed", "declined" or ""; story_id: of that asking.
    may_be_contacted: False for who wants no contact.
    """

    answer_id: UUID
    patient_id: UUID
    name: str
    score: int
    at: datetime
    quote: str
    visits: int
    since: date | None
    again: tuple[str, ...]
    sent: tuple[str, ...]
    note_waits: bool
    story: str
    story_id: UUID | None
    may_be_contacted: bool


@dataclass(frozen=True, slots=True)
class Share:
    """How many promoters there are among those whose last answer was about this provider or service."""

    name: str
    promoters: int
    answers: int


@dataclass(frozen=True, slots=True)
class Praised:
    theme: str
    mentions: int


@dataclass(frozen=True, slots=True)
class Promoters:
    """count: of all patients who answered (`answered`). themes: of the last year's answers, most mentioned first."""

    rows: tuple[Promoter, ...]
    after: Place | None
    count: int
    answered: int
    themes: tuple[Praised, ...]
    by_provider: tuple[Share, ...]
    by_service: tuple[Share, ...]


def promoters(*, now: datetime, limit: int, after: Place | None = None) -> Promoters:
    """The newest answers first. Two queries, and the trail. For whoever may see answers (Verb.FEEDBACK_VIEW)."""
    values: dict[str, Any] = {"limit": limit + 1, "at": None, "id": None, "now": now}
    if after is not None:
        values |= {"at": after.at, "id": after.id}
    values["since"] = (now - timedelta(days=_THEMES_DAYS)).date()
    with connection.cursor() as cursor:
        cursor.execute(_ROWS, values)
        found = cursor.fetchall()
        cursor.execute(_SUMS, values)
        count, answered, themes, providers, services = cursor.fetchone()
    rows = tuple(_row(row) for row in found[:limit])
    sent = [UUID(one) for row in found[:limit] for one, _ in row[12]]
    audit.record("promoters.read", patients=[*(row.patient_id for row in rows), *sent])
    last = found[limit - 1] if len(found) > limit else None
    return Promoters(
        rows=rows,
        after=Place(last[6], last[0]) if last else None,
        count=count,
        answered=answered,
        themes=tuple(Praised(Loved(code).label, mentions) for code, mentions in themes),
        by_provider=tuple(Share(*one) for one in providers),
        by_service=tuple(Share(*one) for one in services),
    )


def _row(row: tuple[Any, ...]) -> Promoter:
    zone = ZoneInfo(row[17])
    return Promoter(
        answer_id=row[0],
        patient_id=row[1],
        name=shown_name(*row[2:5]),
        score=row[5],
        at=row[6].astimezone(zone),
        quote=row[7],
        visits=row[8],
        since=row[9],
        again=_again(*row[10:12], told=row[18]),
        sent=tuple(name for _, name in row[12]),
        note_waits=row[13],
        story=row[14],
        story_id=row[15],
        may_be_contacted=row[16],
    )


def _again(staff: list[list[Any]], times: list[int], *, told: list[str]) -> tuple[str, ...]:
    """ "With Dr. Sato", "In the morning", and what the team wrote down to say."""
    lines = []
    visits = sum(number for _, number in staff)
    if visits >= _FEWEST and staff[0][0] and staff[0][1] >= _MOSTLY * visits:
        lines.append(f"With {staff[0][0]}")
    if sum(times) >= _FEWEST:
        for number, words in zip(times, ("In the morning", "In the afternoon", "In the evening"), strict=True):
            if number >= _MOSTLY * sum(times):
                lines.append(words)
    if len(lines) > 1:
        lines = [f"{lines[0]}, {lines[1].lower()}"]
    return (*lines, *told)


_LATEST = """
WITH latest AS (
    SELECT DISTINCT ON (f.patient_id) f.id, f.patient_id, f.score, f.answered_at, f.visit_id
    FROM loyalty_feedback f ORDER BY f.patient_id, f.answered_at DESC, f.id DESC
)
"""
_PEOPLE = """
SELECT f.id, p.id, p.given_name, p.preferred_name, p.family_name, f.score, f.answered_at,
    coalesce((SELECT q.liked FROM loyalty_feedback q WHERE q.patient_id = p.id AND q.liked <> '' AND q.score >= 9
        ORDER BY q.answered_at DESC, q.id DESC LIMIT 1), ''),
    came.days, came.since, came.staff, came.times, sent.list,
    EXISTS (SELECT FROM loyalty_touchpoint t WHERE t.patient_id = p.id AND t.kind = 'note'
        AND t.state IN ('planned', 'held')),
    CASE WHEN story.id IS NULL THEN '' WHEN story.answer = '' THEN 'asked' ELSE story.answer END, story.id,
    NOT p.no_contact,
    coalesce(place.time_zone, (SELECT o.time_zone FROM loyalty_location o ORDER BY o.is_active DESC, o.created_at, o.id
        LIMIT 1), 'UTC'),
    told.list
FROM latest f
JOIN loyalty_patient p ON p.id = f.patient_id
LEFT JOIN loyalty_visit about ON about.id = f.visit_id
LEFT JOIN loyalty_location place ON place.id = about.location_id
CROSS JOIN LATERAL (
    SELECT count(DISTINCT v.day) AS days, min(v.day) AS since,
        (SELECT coalesce(json_agg(json_build_array(name, n) ORDER BY n DESC, name), '[]') FROM (
            SELECT coalesce(s.display_name, '') AS name, count(*) AS n FROM loyalty_visit w
            LEFT JOIN loyalty_staff s ON s.id = w.staff_id
            WHERE w.patient_id = p.id AND w.status = 'completed' GROUP BY 1) by_staff) AS staff,
        json_build_array(
            count(*) FILTER (WHERE extract(hour FROM v.starts_at AT TIME ZONE l.time_zone) < 12),
            count(*) FILTER (WHERE extract(hour FROM v.starts_at AT TIME ZONE l.time_zone) BETWEEN 12 AND 16),
            count(*) FILTER (WHERE extract(hour FROM v.starts_at AT TIME ZONE l.time_zone) >= 17)) AS times
    FROM loyalty_visit v JOIN loyalty_location l ON l.id = v.location_id
    WHERE v.patient_id = p.id AND v.status = 'completed'
) came
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(o.id, concat_ws(' ',
        nullif(coalesce(nullif(o.preferred_name, ''), o.given_name), ''), nullif(o.family_name, '')))
        ORDER BY r."on", r.id), '[]') AS list
    FROM loyalty_referral r JOIN loyalty_patient o ON o.id = r.patient_id AND o.merged_into_id IS NULL
    WHERE r.referrer_id = p.id
) sent
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(m.text ORDER BY m.created_at DESC), '[]') AS list FROM (
        SELECT text, created_at FROM loyalty_memory WHERE patient_id = p.id AND forgotten_at IS NULL
            AND part = 'say' AND sensitivity = 'team' AND (expires_on IS NULL OR expires_on >= (%(now)s)::date)
        ORDER BY created_at DESC LIMIT 1) m
) told
LEFT JOIN LATERAL (
    SELECT a.id, a.answer FROM loyalty_storyask a WHERE a.patient_id = p.id
    ORDER BY a.planned_at DESC, a.id DESC LIMIT 1
) story ON true
WHERE f.score >= 9 AND NOT p.deceased AND p.merged_into_id IS NULL
    AND (%(at)s::timestamptz IS NULL OR (f.answered_at, f.id) < (%(at)s, %(id)s::uuid))
ORDER BY f.answered_at DESC, f.id DESC
LIMIT %(limit)s
"""
_ROWS = _LATEST + _PEOPLE
_SHARES = """
    (SELECT coalesce(json_agg(json_build_array(name, promoters, answers) ORDER BY promoters DESC, name), '[]') FROM (
        SELECT x.{name} AS name, count(*) FILTER (WHERE f.score >= 9) AS promoters, count(*) AS answers
        FROM latest f JOIN loyalty_visit v ON v.id = f.visit_id JOIN {table} x ON x.id = v.{key}
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 6) shares)"""
_BY_PROVIDER = _SHARES.format(name="display_name", table="loyalty_staff", key="staff_id")
_BY_SERVICE = _SHARES.format(name="name", table="loyalty_service", key="service_id")
_COUNTS = """
SELECT (SELECT count(*) FROM latest f JOIN loyalty_patient p ON p.id = f.patient_id
        WHERE f.score >= 9 AND NOT p.deceased AND p.merged_into_id IS NULL),
    (SELECT count(*) FROM latest f JOIN loyalty_patient p ON p.id = f.patient_id
        WHERE NOT p.deceased AND p.merged_into_id IS NULL),
    (SELECT coalesce(json_agg(json_build_array(theme, n) ORDER BY n DESC, theme), '[]') FROM (
        SELECT theme, count(*) AS n FROM loyalty_feedback f, unnest(f.loved) theme
        WHERE f.score >= 9 AND f.day >= %(since)s GROUP BY theme) themes)
"""
_SUMS = ", ".join((_LATEST + _COUNTS, _BY_PROVIDER, _BY_SERVICE))
