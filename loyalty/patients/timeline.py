"""Everything that happened between the practice and a patient, in one query."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from loyalty.models import (
    Channel,
    ConsentPurpose,
    FeedbackMode,
    MessageState,
    RequestKind,
    RequestState,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
    VisitStatus,
    Wish,
)

# What can be asked for → the kinds that it shows.
SHOWS: dict[str, tuple[str, ...]] = {
    "visit": ("visit",),
    "touchpoint": ("touchpoint", "gift"),
    "message": ("message",),
    "feedback": ("feedback", "recovery"),
    "consent": ("consent", "discretion"),
    "record": ("request", "disclosure"),
}
KINDS = tuple(kind for kinds in SHOWS.values() for kind in kinds)
# Only for who may see scores and answers.
_ANSWERS = SHOWS["feedback"]


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """kind: one of KINDS. when: in the practice's time zone. state: the row's own status word, "" where it has none."""

    when: datetime
    kind: str
    title: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class _Happened:
    """One row of the query: what, who, said and number mean what its kind makes of them."""

    at: datetime
    kind: str
    state: str
    what: str
    who: str
    said: str
    number: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """more: how many items there are beyond these."""

    items: tuple[TimelineItem, ...]
    more: int


def timeline(
    *, patient_id: UUID, zone: ZoneInfo, feedback: bool, show: str = "", limit: int = 40, start: int = 0
) -> Timeline:
    """The newest first, without the `start` newest ones. `show`: a key of SHOWS, "" for all.

    Without `feedback` neither answers nor recoveries are read. Touchpoints that were called off are left out: nothing
    happened. Raises ValueError for a key that there is not.
    """
    if show and show not in SHOWS:
        raise ValueError(f"no such kind in the timeline: {show!r}")
    kinds = [kind for kind in SHOWS.get(show, KINDS) if feedback or kind not in _ANSWERS]
    with connection.cursor() as cursor:
        cursor.execute(
            _TIMELINE, {"patient": patient_id, "kinds": kinds, "limit": limit, "start": start, "zone": zone.key}
        )
        rows = cursor.fetchall()
    happened = [_Happened(*row[:-1]) for row in rows]
    items = tuple(
        TimelineItem(one.at.astimezone(zone), one.kind, *_WORDS[one.kind](one), state=one.state) for one in happened
    )
    return Timeline(items, more=rows[0][-1] - start - len(rows) if rows else 0)


def _visit(one: _Happened) -> tuple[str, str]:
    text = f"With {one.who}." if one.who else ""
    if one.state != VisitStatus.COMPLETED:
        text = f"{VisitStatus(one.state).label}. {text}".strip()
    return one.what or "Visit", text


def _touchpoint(one: _Happened) -> tuple[str, str]:
    kind, channel = one.what.split("/")
    title = TouchpointKind(kind).label
    if kind != TouchpointKind.NOTE:
        title = f"{title}: {TouchpointChannel(channel).label.lower()}"
    state = "" if one.state == TouchpointState.DONE else TouchpointState(one.state).label
    whom = ", ".join(part for part in (one.who, f"{one.number} minutes" if one.number else "") if part)
    return title, " ".join(f"{part}." for part in (state, whom, one.said.rstrip(".")) if part)


def _feedback(one: _Happened) -> tuple[str, str]:
    return f"{one.number} of 10, {FeedbackMode(one.state).label.lower()}", one.said


def _recovery(one: _Happened) -> tuple[str, str]:
    title = {"open": "Recovery opened", "recovered": "Made good", "lost": "Not made good"}[one.state]
    return title, " ".join(part for part in (f"{one.who}." if one.who else "", one.said) if part)


def _consent(one: _Happened) -> tuple[str, str]:
    channel, purpose = one.what.split("/")
    verb = "Agreed to" if one.state == "granted" else "Said no to"
    title = f"{verb} {Channel(channel).label.lower()}: {ConsentPurpose(purpose).label.lower()}"
    return title, f"{one.said}." if one.said else ""


def _discretion(one: _Happened) -> tuple[str, str]:
    wish = Wish(one.what)
    if one.state == "on":
        return f"Asked for: {wish.label.lower()}" if wish != Wish.DECEASED else "Noted as deceased", ""
    return f"No longer: {wish.label.lower()}", ""


def _message(one: _Happened) -> tuple[str, str]:
    about = ConsentPurpose(one.said).label.lower()
    return f"{Channel(one.what).label}: {about}", MessageState(one.state).label + "."


def _gift(one: _Happened) -> tuple[str, str]:
    return f"Gift: {one.what}", f"From {one.who}." if one.who else ""


def _request(one: _Happened) -> tuple[str, str]:
    title = f"Asked to {RequestKind(one.what).label.lower()}"
    return title, f"{RequestState(one.state).label}: “{one.said}”"


def _disclosure(one: _Happened) -> tuple[str, str]:
    return f"Given to {one.what}", one.said + ("" if one.state == "" else " Struck out.")


_WORDS: dict[str, Callable[[_Happened], tuple[str, str]]] = {
    "visit": _visit,
    "touchpoint": _touchpoint,
    "feedback": _feedback,
    "recovery": _recovery,
    "consent": _consent,
    "discretion": _discretion,
    "message": _message,
    "gift": _gift,
    "request": _request,
    "disclosure": _disclosure,
}
_TIMELINE = """
SELECT at, kind, state, what, coalesce(who, ''), said, number, count(*) OVER () FROM (
    SELECT v.starts_at AS at, 'visit' AS kind, v.status AS state, coalesce(s.name, v.reason) AS what,
        staff.display_name AS who, '' AS said, NULL::int AS number
    FROM loyalty_visit v LEFT JOIN loyalty_service s ON s.id = v.service_id
        LEFT JOIN loyalty_staff staff ON staff.id = v.staff_id
    WHERE v.patient_id = %(patient)s
    UNION ALL
    SELECT coalesce(t.done_at, t.due_at), 'touchpoint', t.state, t.kind || '/' || t.channel, staff.display_name,
        t.outcome, t.minutes
    FROM loyalty_touchpoint t LEFT JOIN loyalty_staff staff ON staff.id = coalesce(t.done_by_id, t.assigned_to_id)
    WHERE t.patient_id = %(patient)s AND t.state <> 'cancelled'
    UNION ALL
    SELECT f.answered_at, 'feedback', f.mode, '', NULL,
        concat_ws(' ', 'Liked: “' || nullif(f.liked, '') || '”', 'Better: “' || nullif(f.better, '') || '”'), f.score
    FROM loyalty_feedback f WHERE f.patient_id = %(patient)s
    UNION ALL
    SELECT coalesce(r.closed_at, f.answered_at), 'recovery',
        CASE WHEN r.closed_at IS NULL THEN 'open' WHEN r.recovered THEN 'recovered' ELSE 'lost' END, '',
        staff.display_name, r.done_text, NULL
    FROM loyalty_recovery r JOIN loyalty_feedback f ON f.id = r.feedback_id
        LEFT JOIN loyalty_staff staff ON staff.id = r.owner_id
    WHERE r.patient_id = %(patient)s
    UNION ALL
    SELECT c.decided_at, 'consent', CASE WHEN c.granted THEN 'granted' ELSE 'refused' END,
        c.channel || '/' || c.purpose, NULL, c.source, NULL
    FROM loyalty_consent c WHERE c.patient_id = %(patient)s
    UNION ALL
    SELECT w.at, 'discretion', CASE WHEN w.is_on THEN 'on' ELSE 'off' END, w.wish, NULL, '', NULL
    FROM loyalty_wishchange w WHERE w.patient_id = %(patient)s
    UNION ALL
    SELECT coalesce(m.sent_at, m.settled_at, m.queued_at), 'message', m.state, m.channel, NULL, m.purpose, NULL
    FROM loyalty_message m WHERE m.patient_id = %(patient)s
    UNION ALL
    SELECT g.given_on::timestamp AT TIME ZONE %(zone)s, 'gift', '', g.what, staff.display_name, '', NULL
    FROM loyalty_gift g LEFT JOIN loyalty_staff staff ON staff.id = g.given_by_id WHERE g.patient_id = %(patient)s
    UNION ALL
    SELECT coalesce(r.answered_on, r.received_on)::timestamp AT TIME ZONE %(zone)s, 'request', r.state, r.kind, NULL,
        r.text, NULL
    FROM loyalty_recordrequest r WHERE r.patient_id = %(patient)s
    UNION ALL
    SELECT d."on"::timestamp AT TIME ZONE %(zone)s, 'disclosure',
        CASE WHEN d.struck_at IS NULL THEN '' ELSE 'struck' END,
        d.to_whom, NULL, d.what, NULL
    FROM loyalty_disclosure d WHERE d.patient_id = %(patient)s
) happened
WHERE kind = ANY(%(kinds)s)
ORDER BY at DESC, kind, what LIMIT %(limit)s OFFSET %(start)s
"""
