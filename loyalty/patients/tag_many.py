"""One tag is put on, or taken off, many patients at once, and taken back again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core import audit
from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.models import TagChange
from loyalty.patients.details import MOST_TAGS, checked_tag
from loyalty.patients.filter import PatientFilter
from loyalty.patients.search_query import cleaned, queries_for

# In one step, so that the statement and its entry in the trail stay bounded. More is a filter too wide.
MOST = 10_000
# An entry of the trail names so many patients; more patients are more entries.
_NAMED = 1_000
# Put on, or taken off.
VERBS = {True: "patients.tagged", False: "patients.untagged"}


@dataclass(frozen=True, slots=True)
class Matching:
    """Everybody who matches now. seen: how many the asker was shown; another number is refused."""

    text: str
    asked: PatientFilter
    seen: int
    today: date


@dataclass(frozen=True, slots=True)
class Tagged:
    """count: whose tags really changed."""

    change: TagChange
    count: int


def tag_many(
    *, tag: str, add: bool, whom: Sequence[UUID] | Matching, by_person_id: UUID | None, now: datetime
) -> Tagged:
    """Put `tag` on everybody in `whom`, or take it off. Of two at once each finds what the other wrote.

    Raises DomainError for a tag that cannot be kept, for nobody and for more than MOST, Conflict where not as many
    match as were shown.
    """
    word = checked_tag(tag)
    with transaction.atomic():
        ids = _matching(whom) if isinstance(whom, Matching) else list(dict.fromkeys(whom))
        if not ids:
            raise DomainError("nobody_chosen", "Choose at least one patient.", field="whom")
        if len(ids) > MOST:
            raise DomainError("too_many", f"At most {MOST:,} patients are changed at once. Narrow the list first.")
        change = TagChange.objects.create(tag=word, added=add, at=now, by_person_id=by_person_id)
        touched = _apply(change, ids, add=add, now=now)
        if not touched:
            raise Conflict(
                "tag_nothing", f"All of them have “{word}” already." if add else f"None of them has “{word}”."
            )
        _tell(VERBS[add], change, touched)
        return Tagged(change, len(touched))


def untag_again(*, change_id: UUID, now: datetime) -> Tagged:
    """Take a change back, of exactly those whom it changed. Raises NotFound, Conflict where it was taken back."""
    with transaction.atomic():
        change = TagChange.objects.select_for_update().filter(id=change_id).first()
        if change is None:
            raise NotFound("tag_change_not_found", "This is not on file.")
        if change.undone_at is not None:
            raise Conflict("tag_change_undone", "This was taken back already.")
        change.undone_at = now
        change.save(update_fields=["undone_at", "updated_at"])
        touched = _apply(change, None, add=not change.added, now=now)
        _tell(VERBS[not change.added], change, touched)
        return Tagged(change, len(touched))


def _matching(whom: Matching) -> list[UUID]:
    setting, query, parameters = queries_for(cleaned(whom.text), limit=MOST, today=whom.today, asked=whom.asked)
    with connection.cursor() as cursor:
        cursor.execute(setting)
        cursor.execute(query, parameters)
        ids = [row[0] for row in cursor.fetchall()]
    if len(ids) != whom.seen:
        raise Conflict(
            "matching_changed",
            f"The list changed meanwhile: {len(ids):,} match now, and {whom.seen:,} did before. Look at it again.",
        )
    return ids


def _apply(change: TagChange, ids: list[UUID] | None, *, add: bool, now: datetime) -> list[UUID]:
    """The ids of those whose tags changed. ids: None for those whom the change itself changed before."""
    given: dict[str, Any] = {"change": change.id, "tag": change.tag, "now": now, "ids": ids, "most": MOST_TAGS}
    with connection.cursor() as cursor:
        cursor.execute((_ADD if add else _TAKE).format(whom=_CHANGED if ids is None else _CHOSEN), given)
        touched = [row[0] for row in cursor.fetchall()]
        if ids is not None:
            cursor.execute(_NOTE, given | {"ids": touched})
        return touched


def _tell(verb: str, change: TagChange, touched: list[UUID]) -> None:
    """One event, and as many entries as it takes to name everybody."""
    changed(verb, change, patients=touched[:_NAMED])
    for start in range(_NAMED, len(touched), _NAMED):
        audit.record(verb, subject=change, patients=touched[start : start + _NAMED])


# Locked in one order, so that of two at once neither waits for the other for ever.
_LOCKED = """
WITH locked AS (
    SELECT p.id FROM loyalty_patient p WHERE {whom} AND p.merged_into_id IS NULL
    ORDER BY p.id FOR NO KEY UPDATE
)
"""
_CHOSEN = "p.id = ANY(%(ids)s)"
_CHANGED = "p.id IN (SELECT t.patient_id FROM loyalty_taggedpatient t WHERE t.change_id = %(change)s)"
_ADD = (
    _LOCKED
    + """
UPDATE loyalty_patient p SET tags = p.tags || %(tag)s::varchar, updated_at = %(now)s FROM locked
WHERE p.id = locked.id AND NOT p.tags @> ARRAY[%(tag)s]::varchar[] AND cardinality(p.tags) < %(most)s
RETURNING p.id
"""
)
_TAKE = (
    _LOCKED
    + """
UPDATE loyalty_patient p SET tags = array_remove(p.tags, %(tag)s::varchar), updated_at = %(now)s FROM locked
WHERE p.id = locked.id AND p.tags @> ARRAY[%(tag)s]::varchar[]
RETURNING p.id
"""
)
_NOTE = "INSERT INTO loyalty_taggedpatient (change_id, patient_id) SELECT %(change)s, i FROM unnest(%(ids)s::uuid[]) i"
