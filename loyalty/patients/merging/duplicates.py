"""Records that may be of one person: who shares a number, an address or a birthday, and is called alike."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction

from core import audit
from core.changed import changed
from core.errors import DomainError, NotFound
from core.violated import violated
from loyalty.models import Patient, ToldApart
from loyalty.patients.name import shown_name
from loyalty.patients.partial_date import PartialDate

# More people at one number are a company or a placeholder; more on one birthday are a default of some import.
MOST_AT_ONE_NUMBER, MOST_ON_ONE_DAY = 8, 60


@dataclass(frozen=True, slots=True)
class Twin:
    id: UUID
    name: str
    record_number: str
    birth: PartialDate
    visits: int
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Pair:
    """one: the record with more visits, which is to survive. why: "same phone number", "same birthday" …"""

    one: Twin
    other: Twin
    why: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Suggestions:
    """more: there are further pairs beyond these."""

    pairs: list[Pair]
    more: bool


def duplicates(*, limit: int = 30, patient_id: UUID | None = None) -> Suggestions:
    """The surest pairs first. `patient_id`: of this record only. One query, bounded however large the practice is."""
    with connection.cursor() as cursor:
        cursor.execute(
            _PAIRS,
            {"only": patient_id, "limit": limit + 1, "at_one": MOST_AT_ONE_NUMBER, "on_one": MOST_ON_ONE_DAY},
        )
        rows = cursor.fetchall()
    pairs = [_pair(row) for row in rows[:limit]]
    audit.record("duplicates.read", patients=[twin.id for pair in pairs for twin in (pair.one, pair.other)])
    return Suggestions(pairs, more=len(rows) > limit)


def tell_apart(*, patient_id: UUID, other_id: UUID, by_person_id: UUID | None, now: datetime) -> ToldApart | None:
    """They are two people: never suggested again. None where somebody said so already. Raises NotFound, DomainError."""
    if patient_id == other_id:
        raise DomainError("told_apart_from_itself", "This is one record.")
    with transaction.atomic():
        found = Patient.objects.select_for_update(no_key=True).filter(id__in=[patient_id, other_id]).order_by("id")
        if len(found) != 2:
            raise NotFound("patient_not_found", "This patient is not on file.")
        try:
            with transaction.atomic():
                told = ToldApart.objects.create(
                    patient_id=patient_id, other_id=other_id, at=now, by_person_id=by_person_id
                )
        except IntegrityError as error:
            if violated(error) != "told_apart_once":
                raise
            return None
        changed("patients.told_apart", told, patients=[patient_id, other_id])
        return told


def _pair(row: tuple[Any, ...]) -> Pair:
    phone, email, birth, alike = row[:4]
    one, other = _twin(row[4:14]), _twin(row[14:24])
    # Of two alike the older record: ids are in the order of time.
    if (-other.visits, other.id) < (-one.visits, one.id):
        one, other = other, one
    said = {
        "same phone number": phone,
        "same email": email,
        "same birthday": birth,
        "same name": alike == 1,
        "similar name": alike < 1,
    }
    return Pair(one, other, tuple(words for words, holds in said.items() if holds))


def _twin(row: tuple[Any, ...]) -> Twin:
    return Twin(row[0], shown_name(*row[1:4]), row[4], PartialDate(*row[5:8]), visits=row[8], last_day=row[9])


_TWIN = """{0}.id, {0}.given_name, {0}.preferred_name, {0}.family_name, {0}.record_number,
    {0}.birth_year, {0}.birth_month, {0}.birth_day,
    (SELECT count(DISTINCT v.day) FROM loyalty_visit v WHERE v.patient_id = {0}.id AND v.status = 'completed'),
    (SELECT max(v.day) FROM loyalty_visit v WHERE v.patient_id = {0}.id AND v.status = 'completed')"""
# Names are folded for the few who share something, never for everybody.
_PAIRS = f"""
WITH shared AS (
    SELECT c.kind, array_agg(DISTINCT c.patient_id) AS ids
    FROM loyalty_contactpoint c JOIN loyalty_patient p ON p.id = c.patient_id AND p.merged_into_id IS NULL
    WHERE %(only)s::uuid IS NULL OR EXISTS (
        SELECT FROM loyalty_contactpoint m
        WHERE m.patient_id = %(only)s::uuid AND m.kind = c.kind AND m.search = c.search)
    GROUP BY c.kind, c.search HAVING count(DISTINCT c.patient_id) BETWEEN 2 AND %(at_one)s
),
born AS (
    SELECT array_agg(p.id) AS ids FROM loyalty_patient p
    WHERE p.merged_into_id IS NULL AND p.birth_day IS NOT NULL
    GROUP BY p.birth_year, p.birth_month, p.birth_day HAVING count(*) BETWEEN 2 AND %(on_one)s
),
pairs AS (
    SELECT one, other, bool_or(phone) AS phone, bool_or(email) AS email, bool_or(birth) AS birth FROM (
        SELECT a AS one, b AS other, kind = 'phone' AS phone, kind = 'email' AS email, false AS birth
        FROM shared, unnest(ids) a, unnest(ids) b WHERE a < b
        UNION ALL SELECT a, b, false, false, true FROM born, unnest(ids) a, unnest(ids) b WHERE a < b
    ) met WHERE %(only)s::uuid IS NULL OR %(only)s::uuid IN (one, other)
    GROUP BY one, other
),
named AS (
    SELECT pairs.*, a.birth_day IS NOT NULL AND b.birth_day IS NOT NULL AND NOT birth AS born_apart,
        greatest(
            similarity(lower(a.given_name), lower(b.given_name)),
            similarity(lower(a.preferred_name), lower(b.given_name)),
            similarity(lower(a.given_name), lower(b.preferred_name))
        ) AS given,
        similarity(lower(a.family_name), lower(b.family_name)) AS family
    FROM pairs JOIN loyalty_patient a ON a.id = one JOIN loyalty_patient b ON b.id = other
),
likely AS (
    SELECT *, phone::int + email::int + birth::int AS shared FROM named
    WHERE (
        (birth AND (phone OR email) AND greatest(given, family) >= 0.3)
        OR ((phone OR email) AND given >= 0.3 AND (NOT born_apart OR given + family >= 1.8))
        OR (birth AND given >= 0.3 AND family >= 0.3)
    )
    AND NOT EXISTS (
        SELECT FROM loyalty_toldapart t WHERE least(t.patient_id, t.other_id) = one
        AND greatest(t.patient_id, t.other_id) = other)
    AND NOT EXISTS (
        SELECT FROM loyalty_guardianship g
        WHERE (g.patient_id = one AND g.guardian_id = other) OR (g.patient_id = other AND g.guardian_id = one))
    ORDER BY phone::int + email::int + birth::int DESC, given + family DESC, one, other LIMIT %(limit)s
)
SELECT l.phone, l.email, l.birth, (l.given + l.family) / 2, {_TWIN.format("a")}, {_TWIN.format("b")}
FROM likely l JOIN loyalty_patient a ON a.id = l.one JOIN loyalty_patient b ON b.id = l.other
ORDER BY l.shared DESC, l.given + l.family DESC, l.one, l.other
"""  # noqa: S608
