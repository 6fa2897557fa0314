"""Finds the people of a table among the patients that the practice has."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from core.copying import select_rows
from loyalty.intake.fhir.rows import Identifier
from loyalty.intake.loading.known_patients import owners_of
from loyalty.models import Patient, PatientIdentifier

Birth = tuple[int | None, int | None, int | None]

# By name first: it has an index as people spell it, with and without accents, and the phone's would be asked in vain.
# OFFSET 0 keeps that order: left to choose, the planner compares every patient with every row of the file.
_BY_NAME = """
SELECT DISTINCT s.place, p.id, p.birth_year, p.birth_month, p.birth_day
FROM unnest(%s::int[], %s::text[], %s::text[], %s::text[], %s::text[]) AS s (place, family, given, kind, search)
CROSS JOIN LATERAL (
    SELECT one.id, one.birth_year, one.birth_month, one.birth_day, one.merged_into_id
    FROM loyalty_patient one
    WHERE lower(public.immutable_unaccent(one.family_name)) = lower(public.immutable_unaccent(s.family))
    AND lower(public.immutable_unaccent(one.given_name)) = lower(public.immutable_unaccent(s.given))
    OFFSET 0
) p
CROSS JOIN LATERAL (
    SELECT FROM loyalty_contactpoint one
    WHERE one.patient_id = p.id AND one.kind = s.kind AND one.search = s.search
    OFFSET 0
) c
WHERE p.merged_into_id IS NULL
"""

_BY_THE_INDEXES = (
    "SET LOCAL enable_seqscan = off",
    "SET LOCAL enable_hashjoin = off",
    "SET LOCAL enable_mergejoin = off",
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """One person of a table. place: what the answer is given by. reaches: (kind, what search compares).

    own_ids: of the program that brought it, beside the id of the file.
    """

    place: int
    external_id: str
    record_number: str
    given_name: str
    family_name: str
    birth: Birth
    reaches: tuple[tuple[str, str], ...]
    own_ids: tuple[Identifier, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """by_id: the old system's own number says so. several: places at which two patients fit equally well."""

    patients: dict[int, UUID]
    by_id: frozenset[int]
    several: frozenset[int]


def find(wanted: Sequence[Wanted], *, system: str) -> Found:
    """By the id of `system`, an own id, or ours where the file has that; else by record number together with family
    name or date of birth; else by full name together with a phone number or an email address, where the dates of birth
    do not differ.

    Who is known by another id of the same system is somebody else, whatever they share.
    """
    named = [Identifier(system, one.external_id) for one in wanted if one.external_id]
    owners = owners_of([*named, *(id for one in wanted for id in one.own_ids)])
    patients = {
        one.place: owner
        for one in wanted
        if one.external_id and (owner := owners.get(Identifier(system, one.external_id)))
    }
    for one in wanted:
        if (held := next((owners[id] for id in one.own_ids if id in owners), None)) is not None:
            patients.setdefault(one.place, held)
    patients |= _by_own_id([one for one in wanted if one.external_id and one.place not in patients])
    by_id = frozenset(patients)
    rest = [one for one in wanted if one.place not in patients]
    candidates: dict[int, set[UUID]] = {place: {patient} for place, patient in _by_record_number(rest).items()}
    for place, patient in _by_name([one for one in rest if one.place not in candidates]):
        candidates.setdefault(place, set()).add(patient)
    numbered = frozenset(one.place for one in rest if one.external_id)
    taken = _known_to(system, {p for place in numbered for p in candidates.get(place, ())})
    several: set[int] = set()
    for place, found in candidates.items():
        fit = found - taken if place in numbered else found
        if len(fit) == 1:
            patients[place] = fit.pop()
        elif fit:
            several.add(place)
    return Found(patients, by_id, frozenset(several))


def by_the_indexes() -> None:
    """Until the transaction ends. A table that an import has just filled has no statistics: the planner would read all
    of it for every batch."""
    with connection.cursor() as cursor:
        for statement in _BY_THE_INDEXES:
            cursor.execute(statement)


def _by_record_number(wanted: Iterable[Wanted]) -> dict[int, UUID]:
    numbered = {one.place: one for one in wanted if one.record_number}
    if not numbered:
        return {}
    columns = ("record_number", "id", "family_name", "birth_year", "birth_month", "birth_day")
    condition = "record_number = ANY(%s) AND record_number <> '' AND merged_into_id IS NULL"
    rows = select_rows(Patient, columns, condition, [[one.record_number for one in numbered.values()]])
    known = {number: (id, family, tuple(born)) for number, id, family, *born in rows}
    found: dict[int, UUID] = {}
    for place, one in numbered.items():
        if one.record_number in known:
            id, family, born = known[one.record_number]
            same_name = bool(one.family_name) and one.family_name.casefold() == family.casefold()
            if same_name or (one.birth[0] is not None and one.birth == born) or _unnamed(one):
                found[place] = id
    return found


def _unnamed(one: Wanted) -> bool:
    """A visit may name its patient by the number alone; a patient's own row never does."""
    return not (one.given_name or one.family_name)


def _by_name(wanted: Sequence[Wanted]) -> list[tuple[int, UUID]]:
    asked = [
        (one.place, one.family_name, one.given_name, kind, search)
        for one in wanted
        if one.family_name or one.given_name
        for kind, search in one.reaches
    ]
    if not asked:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_BY_NAME, [list(column) for column in zip(*asked, strict=True)])
        rows = cursor.fetchall()
    births = {one.place: one.birth for one in wanted}
    return [(place, id) for place, id, *born in rows if _may_agree(births[place], (born[0], born[1], born[2]))]


def _may_agree(one: Birth, other: Birth) -> bool:
    return all(a is None or b is None or a == b for a, b in zip(one, other, strict=True))


def _by_own_id(wanted: Sequence[Wanted]) -> dict[int, UUID]:
    """Whom we have under just this id: what our own pages and files name them by."""
    asked = {one.place: id for one in wanted if (id := uuid_of(one.external_id))}
    if not asked:
        return {}
    condition = "id = ANY(%s) AND merged_into_id IS NULL"
    ours = {id for (id,) in select_rows(Patient, ("id",), condition, [list(asked.values())])}
    return {place: id for place, id in asked.items() if id in ours}


def uuid_of(text: str) -> UUID | None:
    """As we write it; None for anything else."""
    try:
        id = UUID(text)
    except ValueError:
        return None
    return id if str(id) == text else None


def _known_to(system: str, patients: Iterable[UUID]) -> set[UUID]:
    asked = list(patients)
    if not asked:
        return set()
    condition = "patient_id = ANY(%s) AND system = %s"
    return {id for (id,) in select_rows(PatientIdentifier, ("patient_id",), condition, [asked, system])}
