"""Who sends us people, and whom those send in turn."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection

from core import audit
from loyalty.patients.name import shown_name

MOST = 2000


@dataclass(slots=True)
class Sent:
    """Somebody who was sent: thanks is "", "planned" or "done". in_all: whom they sent, and those again."""

    referral_id: UUID
    patient_id: UUID
    name: str
    on: date
    visits: int
    thanks: str
    sent: list["Sent"] = field(default_factory=list)

    @property
    def in_all(self) -> int:
        return sum(1 + one.in_all for one in self.sent)


@dataclass(slots=True)
class Sender:
    """The first of a line: a patient whom nobody sent, or a name (patient_id is None). depth: how far it reaches."""

    patient_id: UUID | None
    name: str
    sent: list[Sent]

    @property
    def in_all(self) -> int:
        return sum(1 + one.in_all for one in self.sent)

    @property
    def to_thank(self) -> int:
        return sum(not one.thanks for one in self.sent)


@dataclass(frozen=True, slots=True)
class Tree:
    """senders: most people first. people: whom they sent, in all. more: there are further ones beyond MOST."""

    senders: list[Sender]
    people: int
    to_thank: int
    more: bool


def referral_tree() -> Tree:
    """All of it in one query, every line to its end."""
    with connection.cursor() as cursor:
        cursor.execute(_TREE, [MOST + 1])
        rows = cursor.fetchall()
    known: dict[UUID, Sent] = {}
    roots: dict[object, Sender] = {}
    # Parents come before those whom they sent.
    for row in rows[:MOST]:
        one = _sent(row)
        known[one.patient_id] = one
        referrer_id, named = row[9], row[13]
        if referrer_id in known:
            known[referrer_id].sent.append(one)
        else:
            key = referrer_id or named.casefold()
            roots.setdefault(
                key, Sender(referrer_id, shown_name(*row[10:13]) if referrer_id else named, [])
            ).sent.append(one)
    senders = sorted(roots.values(), key=lambda one: (-one.in_all, one.name, str(one.patient_id)))
    shown = [*known, *(one.patient_id for one in senders if one.patient_id)]
    audit.record("referrals.read", patients=shown)
    return Tree(senders, len(known), sum(not one.thanks for one in known.values()), more=len(rows) > MOST)


def _sent(row: tuple[Any, ...]) -> Sent:
    return Sent(row[0], row[1], shown_name(*row[2:5]), row[5], row[6], row[7])


_TREE = """
WITH RECURSIVE edge AS (
    SELECT r.* FROM loyalty_referral r JOIN loyalty_patient p ON p.id = r.patient_id AND p.merged_into_id IS NULL
    WHERE r.referrer_id IS NOT NULL OR r.referrer_name <> ''
),
line AS (
    SELECT e.id, e.patient_id, 1 AS depth FROM edge e
    WHERE e.referrer_id IS NULL OR NOT EXISTS (SELECT FROM edge u WHERE u.patient_id = e.referrer_id)
    UNION ALL
    SELECT e.id, e.patient_id, line.depth + 1 FROM line JOIN edge e ON e.referrer_id = line.patient_id
)
SELECT e.id, p.id, p.given_name, p.preferred_name, p.family_name, e."on",
    (SELECT count(DISTINCT v.day) FROM loyalty_visit v WHERE v.patient_id = p.id AND v.status = 'completed'),
    CASE WHEN e.thanked_at IS NOT NULL OR t.state = 'done' THEN 'done'
        WHEN t.state IN ('planned', 'held') THEN 'planned' ELSE '' END,
    line.depth, s.id, coalesce(s.given_name, ''), coalesce(s.preferred_name, ''), coalesce(s.family_name, ''),
    e.referrer_name
FROM line JOIN edge e ON e.id = line.id
JOIN loyalty_patient p ON p.id = e.patient_id
LEFT JOIN loyalty_patient s ON s.id = e.referrer_id
LEFT JOIN loyalty_touchpoint t ON t.id = e.thanks_id
ORDER BY line.depth, e."on" DESC, e.id LIMIT %s
"""
