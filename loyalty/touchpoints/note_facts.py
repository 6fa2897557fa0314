"""Everything a thank-you note is made from, for a whole queue in one query."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection

from loyalty.patients.partial_date import PartialDate
from loyalty.visits.facts import OccasionFact


@dataclass(frozen=True, slots=True)
class Told:
    """A memory that the whole team may see and that the patient agreed we keep."""

    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Mail:
    """What somebody wished of mail. has_address: one is on file.

    no_letters: the newest answer to letters about visits is a no.
    """

    has_address: bool
    plain_envelope: bool
    not_at_home: bool
    no_letters: bool

    @property
    def hand_over(self) -> bool:
        return self.no_letters or (self.not_at_home and not self.plain_envelope)


@dataclass(frozen=True, slots=True)
class GuardianFact:
    """Who may be thanked in a minor's place if they are of age. patient_id: None for who is no patient."""

    name: str
    patient_id: UUID | None
    birth: PartialDate
    mail: Mail


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteFacts:
    """day: of the visit; number: how many visit days there are up to it.

    guardians: in the order they were named, without those who must not be contacted.
    sent: first names of those they sent to us within 60 days. was_sent: somebody sent them. service_names: of the whole
    catalogue, which must not stand on a card.
    """

    id: UUID
    state: str
    day: date
    due_at: datetime
    time_zone: str
    staff: str
    patient_id: UUID
    given: str
    preferred: str
    family: str
    birth: PartialDate
    patient_since: date | None
    mail: Mail
    guardians: tuple[GuardianFact, ...]
    number: int
    memories: tuple[Told, ...]
    occasions: tuple[OccasionFact, ...]
    sent: tuple[str, ...]
    was_sent: bool
    service_names: tuple[str, ...]
    staff_id: UUID | None
    handed_over: bool
    draft: str
    recovery_id: UUID | None


@dataclass(frozen=True, slots=True)
class OpenNotes:
    """to_write: how many open notes there are that are not held, beyond any limit."""

    notes: list[NoteFacts]
    to_write: int


def open_notes(
    *, limit: int, held: bool = True, staff_id: UUID | None = None, touchpoint_id: UUID | None = None
) -> OpenNotes:
    """Open notes, those to write first by when they are due, then (with `held`) the held ones. One query.

    Notes of the dead, the merged and of those who want no contact are left out, however they came to be there.
    """
    states = ["planned", "held"] if held else ["planned"]
    with connection.cursor() as cursor:
        cursor.execute(_NOTES, {"states": states, "staff": staff_id, "only": touchpoint_id, "limit": limit})
        rows = cursor.fetchall()
    return OpenNotes([_fact(row) for row in rows], to_write=rows[0][0] if rows else 0)


_NOTES = """
WITH queue AS (
    SELECT count(*) FILTER (WHERE t.state = 'planned') OVER () AS to_write, t.id, t.state, t.day, t.due_at,
        t.patient_id, t.visit_id, t.assigned_to_id, t.handed_at IS NOT NULL AS handed_over
    FROM loyalty_touchpoint t
    JOIN loyalty_patient p ON p.id = t.patient_id
    LEFT JOIN loyalty_visit v ON v.id = t.visit_id
    WHERE t.kind = 'note' AND t.state = ANY(%(states)s)
        AND NOT p.deceased AND NOT p.no_contact AND p.merged_into_id IS NULL
        AND (%(staff)s::uuid IS NULL OR coalesce(t.assigned_to_id, v.staff_id) = %(staff)s::uuid)
        AND (%(only)s::uuid IS NULL OR t.id = %(only)s::uuid)
    ORDER BY t.state = 'held', t.due_at, t.id
    LIMIT %(limit)s
)
SELECT q.to_write, q.id, q.state, q.day, q.due_at, place.time_zone, coalesce(staff.display_name, ''),
    p.id, p.given_name, p.preferred_name, p.family_name, p.birth_year, p.birth_month, p.birth_day, p.patient_since,
    p.address <> '', p.plain_envelope, p.not_at_home, coalesce(letters.granted = false, false),
    guardian.list, past.days,
    memory.list, occasion.list, sent.list, EXISTS (SELECT FROM loyalty_referral r WHERE r.patient_id = p.id),
    catalogue.names, staff.id, q.handed_over, coalesce(draft.text, ''), recovery.id
FROM queue q
JOIN loyalty_patient p ON p.id = q.patient_id
LEFT JOIN loyalty_visit v ON v.id = q.visit_id
LEFT JOIN loyalty_staff staff ON staff.id = coalesce(q.assigned_to_id, v.staff_id)
LEFT JOIN loyalty_notedraft draft ON draft.touchpoint_id = q.id
LEFT JOIN LATERAL (
    SELECT r.id FROM loyalty_recovery r WHERE q.state = 'held' AND r.patient_id = p.id AND r.closed_at IS NULL
    ORDER BY r.created_at DESC, r.id DESC LIMIT 1
) recovery ON true
CROSS JOIN LATERAL (
    SELECT l.time_zone FROM loyalty_location l WHERE v.location_id IS NULL OR l.id = v.location_id
    ORDER BY l.is_active DESC, l.created_at, l.id LIMIT 1
) place
CROSS JOIN LATERAL (
    SELECT count(DISTINCT x.day) AS days FROM loyalty_visit x
    WHERE x.patient_id = p.id AND x.status = 'completed' AND x.day <= q.day
) past
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(
        CASE WHEN w.id IS NULL THEN g.name ELSE
            concat_ws(' ', nullif(coalesce(nullif(w.preferred_name, ''), w.given_name), ''), nullif(w.family_name, ''))
        END, w.id, w.birth_year, w.birth_month, w.birth_day, coalesce(w.address, '') <> '',
        coalesce(w.plain_envelope, false), coalesce(w.not_at_home, false), coalesce(said.granted = false, false)
    ) ORDER BY g.id), '[]') AS list
    FROM loyalty_guardianship g LEFT JOIN loyalty_patient w ON w.id = g.guardian_id
    LEFT JOIN LATERAL (
        SELECT c.granted FROM loyalty_consent c
        WHERE c.patient_id = w.id AND c.channel = 'letter' AND c.purpose = 'visits'
        ORDER BY c.decided_at DESC, c.granted, c.id DESC LIMIT 1
    ) said ON true
    WHERE g.patient_id = p.id AND (w.id IS NULL OR NOT (w.deceased OR w.no_contact OR w.merged_into_id IS NOT NULL))
) guardian
LEFT JOIN LATERAL (
    SELECT c.granted FROM loyalty_consent c WHERE c.patient_id = p.id AND c.channel = 'letter' AND c.purpose = 'visits'
    ORDER BY c.decided_at DESC, c.granted, c.id DESC LIMIT 1
) letters ON true
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(m.text, m.source) ORDER BY m.created_at DESC, m.id DESC), '[]') AS list
    FROM loyalty_memory m
    WHERE m.patient_id = p.id AND m.forgotten_at IS NULL AND (m.expires_on IS NULL OR m.expires_on >= q.day)
        AND m.sensitivity = 'team' AND m.consented AND m.part <> 'take_care'
) memory
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(json_build_array(o.kind, o.label, o.month, o.day) ORDER BY o.id), '[]') AS list
    FROM loyalty_occasion o WHERE o.patient_id = p.id
) occasion
CROSS JOIN LATERAL (
    SELECT coalesce(json_agg(coalesce(nullif(f.preferred_name, ''), f.given_name) ORDER BY r."on", r.id), '[]') AS list
    FROM loyalty_referral r JOIN loyalty_patient f ON f.id = r.patient_id
    WHERE r.referrer_id = p.id AND r."on" BETWEEN q.day - 60 AND q.day
) sent
CROSS JOIN (SELECT coalesce(json_agg(s.name), '[]') AS names FROM loyalty_service s) catalogue
ORDER BY q.state = 'held', q.due_at, q.id
"""


def _fact(row: tuple[Any, ...]) -> NoteFacts:
    note, patient, wishes, lists, work = row[1:7], row[7:15], row[15:21], row[21:26], row[26:30]
    memories, occasions, sent, was_sent, names = lists
    return NoteFacts(
        id=note[0],
        state=note[1],
        day=note[2],
        due_at=note[3],
        time_zone=note[4],
        staff=note[5],
        patient_id=patient[0],
        given=patient[1],
        preferred=patient[2],
        family=patient[3],
        birth=PartialDate(*patient[4:7]),
        patient_since=patient[7],
        mail=Mail(*wishes[:4]),
        guardians=tuple(_guardian(*one) for one in wishes[4]),
        number=wishes[5],
        memories=tuple(Told(*one) for one in memories),
        occasions=tuple(OccasionFact(*one) for one in occasions),
        sent=tuple(sent),
        was_sent=was_sent,
        service_names=tuple(names),
        staff_id=work[0],
        handed_over=work[1],
        draft=work[2],
        recovery_id=work[3],
    )


def _guardian(
    name: str, id: str | None, year: int | None, month: int | None, day: int | None, *mail: bool
) -> GuardianFact:
    return GuardianFact(name, UUID(id) if id else None, PartialDate(year, month, day), Mail(*mail))
