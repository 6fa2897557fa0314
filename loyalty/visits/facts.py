"""Everything a brief is made from, for many visits in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from loyalty.patients.name import shown_name
from loyalty.patients.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class MemoryFact:
    part: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class OccasionFact:
    kind: str
    label: str
    month: int
    day: int


@dataclass(frozen=True, slots=True)
class AnswerFact:
    """The newest answer before this visit."""

    score: int
    liked: str
    better: str
    day: date


@dataclass(frozen=True, slots=True)
class RecoveryFact:
    """The newest open one. score is None and better "" where the asker may not see answers."""

    contacted: bool
    score: int | None
    better: str
    day: date


@dataclass(frozen=True, slots=True)
class NoteFact:
    """The thank-you note of the patient's day: state, and when it was written."""

    state: str
    done_at: datetime | None


@dataclass(frozen=True, slots=True)
class DriftFact:
    """What last night's fit says of somebody who should have been back by the day of the visit."""

    visits: int
    last_on: date
    usual_days: int | None
    usual_from: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitFacts:
    """visits_before: days with a completed visit before this one's; last_day and last_staff are of the newest of them.

    preview: state of the service preview, "" where there is none; told_at: when it was made. asked: at checkout, or by
    the team, how this visit was. answers: what the patient said of each promise, "" where not yet.
    held_out: kinds of contact that a lot withholds from them on the day, on purpose. drift: None unless they are late.
    sent: people they sent to us within half a year. inquired_at, first_called_at: of the inquiry they began with.
    """

    id: UUID
    status: str
    starts_at: datetime
    day: date
    arrived_at: datetime | None
    time_zone: str
    service: str
    staff: str
    patient_id: UUID
    name: str
    birth: PartialDate
    source: str = ""
    is_history: bool = False
    booked_at: datetime | None = None
    seen_at: datetime | None = None
    brief_read_at: datetime | None = None
    completed_at: datetime | None = None
    visits_before: int = 0
    first_day: date | None = None
    last_day: date | None = None
    last_staff: str = ""
    left_feedback: bool = False
    asked: bool = False
    preview: str = ""
    told_at: datetime | None = None
    note: NoteFact | None = None
    inquired_at: datetime | None = None
    first_called_at: datetime | None = None
    referrer: str = ""
    sent: int = 0
    memories: tuple[MemoryFact, ...] = ()
    occasions: tuple[OccasionFact, ...] = ()
    promises: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    answer: AnswerFact | None = None
    recovery: RecoveryFact | None = None
    held_out: tuple[str, ...] = ()
    drift: DriftFact | None = None


def facts_of_day(*, location_id: UUID, day: date, clinical: bool, feedback: bool) -> list[VisitFacts]:
    """All visits of a day at a location, by when they start."""
    return _read(
        "v.location_id = %(location)s AND v.day = %(day)s",
        {"location": location_id, "day": day, "clinical": clinical, "feedback": feedback},
    )


def facts_of_patient(*, patient_id: UUID, clinical: bool, feedback: bool) -> list[VisitFacts]:
    """The open visits of a patient, the nearest first."""
    return _read(
        "v.patient_id = %(patient)s AND v.status IN ('booked', 'confirmed', 'arrived')",
        {"patient": patient_id, "clinical": clinical, "feedback": feedback},
    )


def facts_of_visit(*, visit_id: UUID, clinical: bool, feedback: bool) -> VisitFacts | None:
    """Of one visit, whatever its status; None where it is not on file."""
    found = _read("v.id = %(visit)s", {"visit": visit_id, "clinical": clinical, "feedback": feedback})
    return found[0] if found else None


def _read(which: str, parameters: dict[str, Any]) -> list[VisitFacts]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS.format(which=which), parameters)
        return [_fact(row) for row in cursor.fetchall()]


# What the asker may not see never leaves the database: clinical memories, scores and words of answers.
_FACTS = """
SELECT v.id, v.status, v.starts_at, v.day, v.arrived_at, place.time_zone, coalesce(service.name, v.reason),
    coalesce(staff.display_name, ''), p.id, p.given_name, p.preferred_name, p.family_name,
    p.birth_year, p.birth_month, p.birth_day,
    v.source, v.is_history, v.booked_at, v.seen_at, v.brief_read_at, v.completed_at,
    past.days, past.first_day, past.last_day, coalesce(last.staff, ''), told.here, told.asked,
    coalesce(preview.state, ''), preview.done_at, note.state, note.done_at, inquiry.asked_at, inquiry.first_called_at,
    referral.given, referral.preferred, referral.family, referral.name, sent.people,
    memory.list, occasion.list, promise.list, answer.score, answer.liked, answer.better, answer.day,
    recovery.contacted, recovery.score, recovery.better, recovery.day,
    held.kinds, drift.visits, drift.last_on, drift.usual_days, drift.usual_from
FROM loyalty_visit v
JOIN loyalty_patient p ON p.id = v.patient_id
JOIN loyalty_location place ON place.id = v.location_id
LEFT JOIN loyalty_service service ON service.id = v.service_id
LEFT JOIN loyalty_staff staff ON staff.id = v.staff_id
CROSS JOIN LATERAL (
    SELECT count(DISTINCT x.day) AS days, min(x.day) AS first_day, max(x.day) AS last_day
    FROM loyalty_visit x WHERE x.patient_id = p.id AND x.day < v.day AND x.status = 'completed'
) past
LEFT JOIN LATERAL (
    SELECT s.display_name AS staff FROM loyalty_visit x JOIN loyalty_staff s ON s.id = x.staff_id
    WHERE x.patient_id = p.id AND x.day = past.last_day AND x.status = 'completed' ORDER BY x.starts_at DESC LIMIT 1
) last ON true
CROSS JOIN LATERAL (
    SELECT EXISTS (SELECT FROM loyalty_feedback f WHERE f.visit_id = v.id) AS here,
        EXISTS (SELECT FROM loyalty_feedbackrequest q WHERE q.visit_id = v.id AND q.mode <> 'link') AS asked
) told
LEFT JOIN LATERAL (
    SELECT t.state, t.done_at FROM loyalty_touchpoint t
    WHERE t.visit_id = v.id AND t.kind = 'preview' AND t.state <> 'cancelled' LIMIT 1
) preview ON true
LEFT JOIN LATERAL (
    SELECT t.state, t.done_at FROM loyalty_touchpoint t
    WHERE t.patient_id = p.id AND t.day = v.day AND t.kind = 'note' AND t.state <> 'cancelled' LIMIT 1
) note ON true
LEFT JOIN LATERAL (
    SELECT i.asked_at, i.first_called_at FROM loyalty_inquiry i
    WHERE i.patient_id = p.id AND past.days = 0 ORDER BY i.asked_at LIMIT 1
) inquiry ON true
LEFT JOIN LATERAL (
    SELECT r.referrer_name AS name, w.given_name AS given, w.preferred_name AS preferred, w.family_name AS family
    FROM loyalty_referral r LEFT JOIN loyalty_patient w ON w.id = r.referrer_id WHERE r.patient_id = p.id
) referral ON true
CROSS JOIN LATERAL (
    SELECT count(*) AS people FROM loyalty_referral r
    WHERE r.referrer_id = p.id AND r."on" BETWEEN v.day - 182 AND v.day
) sent
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(m.part, m.text, m.source) ORDER BY m.created_at DESC, m.id DESC), '[]')
        AS list
    FROM loyalty_memory m
    WHERE m.patient_id = p.id AND m.forgotten_at IS NULL AND (m.expires_on IS NULL OR m.expires_on >= v.day)
        AND (m.sensitivity = 'team' OR %(clinical)s)
) memory
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(o.kind, o.label, o.month, o.day) ORDER BY o.id), '[]') AS list
    FROM loyalty_occasion o WHERE o.patient_id = p.id
) occasion
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(r.text, r.kept) ORDER BY r.made_at, r.id), '[]') AS list
    FROM loyalty_promise r WHERE r.visit_id = v.id
) promise
LEFT JOIN LATERAL (
    SELECT f.score, f.liked, f.better, f.day FROM loyalty_feedback f
    WHERE %(feedback)s AND f.patient_id = p.id AND f.visit_id IS DISTINCT FROM v.id AND f.day <= v.day
    ORDER BY f.answered_at DESC LIMIT 1
) answer ON true
LEFT JOIN LATERAL (
    SELECT r.first_contact_at IS NOT NULL AS contacted, f.day,
        CASE WHEN %(feedback)s THEN f.score END AS score, CASE WHEN %(feedback)s THEN f.better ELSE '' END AS better
    FROM loyalty_recovery r JOIN loyalty_feedback f ON f.id = r.feedback_id
    WHERE r.patient_id = p.id AND r.closed_at IS NULL ORDER BY r.due_at DESC LIMIT 1
) recovery ON true
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(h.kind), '[]') AS kinds
    FROM loyalty_holdoutpatient lot JOIN loyalty_holdout h ON h.id = lot.holdout_id
    LEFT JOIN loyalty_visit x ON x.id = lot.visit_id
    WHERE lot.patient_id = p.id AND lot.is_held AND h.kind IN ('preview', 'note')
        AND v.day BETWEEN least(lot.day, x.day) AND coalesce(h.stopped_on, h.ends_on)
) held
LEFT JOIN loyalty_drift drift ON drift.patient_id = p.id AND drift.last_on < v.day AND drift.late_from <= v.day
WHERE {which}
ORDER BY v.starts_at, p.family_name, v.id
"""


def _fact(row: tuple[Any, ...]) -> VisitFacts:
    visit, names, birth, life, past, after, whence, lists, answer, recovery = (
        row[:9], row[9:12], row[12:15], row[15:21], row[21:27], row[27:33], row[33:38], row[38:41], row[41:45],
        row[45:49],
    )  # fmt: skip
    given, preferred, family, referrer, sent = whence
    memories, occasions, promises = lists
    held_out, *drift = row[49:]
    return VisitFacts(
        id=visit[0],
        status=visit[1],
        starts_at=visit[2],
        day=visit[3],
        arrived_at=visit[4],
        time_zone=visit[5],
        service=visit[6],
        staff=visit[7],
        patient_id=visit[8],
        name=shown_name(*names),
        birth=PartialDate(*birth),
        source=life[0],
        is_history=life[1],
        booked_at=life[2],
        seen_at=life[3],
        brief_read_at=life[4],
        completed_at=life[5],
        visits_before=past[0],
        first_day=past[1],
        last_day=past[2],
        last_staff=past[3],
        left_feedback=past[4],
        asked=past[5],
        preview=after[0],
        told_at=after[1],
        note=NoteFact(after[2], after[3]) if after[2] else None,
        inquired_at=after[4],
        first_called_at=after[5],
        referrer=referrer or shown_name(given or "", preferred or "", family or ""),
        sent=sent,
        memories=tuple(MemoryFact(*one) for one in memories),
        occasions=tuple(OccasionFact(*one) for one in occasions),
        promises=tuple(text for text, _ in promises),
        answers=tuple(kept for _, kept in promises),
        answer=AnswerFact(*answer) if answer[0] is not None else None,
        recovery=RecoveryFact(*recovery) if recovery[0] is not None else None,
        held_out=tuple(held_out),
        drift=DriftFact(*drift) if drift[0] is not None else None,
    )
