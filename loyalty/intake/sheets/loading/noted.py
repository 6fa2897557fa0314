"""What a file says of patients beyond their columns: notes, and birthdays of which nobody wrote the year."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from core.copying import copy_rows, select_rows
from core.ids import uuid7
from loyalty.models import BriefPart, Memory, Occasion, OccasionKind, Sensitivity

_SOURCE = "Imported from "
_LONGEST = Memory._meta.get_field("source").max_length or 120


def add_notes(
    people: Sequence[tuple[UUID, Sequence[str]]], *, known: Collection[UUID], source: str, now: datetime
) -> set[UUID]:
    """As memories that providers see first: nobody knows what somebody wrote in another system. Returns who got one.

    What a patient has stays as it is. Who had an imported memory forgotten gets none again.
    """
    if not people:
        return set()
    asked = [id for id, _ in people if id in known]
    had = select_rows(Memory, ("patient_id", "text", "source"), "patient_id = ANY(%s)", [asked]) if asked else []
    texts = {(id, text) for id, text, _ in had}
    forgot = {id for id, text, where in had if not text and where.startswith(_SOURCE)}
    said = (_SOURCE + source)[:_LONGEST]
    new: list[tuple[object, ...]] = []
    touched: set[UUID] = set()
    for id, notes in people:
        for note in notes:
            if id not in forgot and (id, note) not in texts:
                texts.add((id, note))
                touched.add(id)
                new.append((uuid7(), id, note, BriefPart.REMEMBER.value, said, Sensitivity.CLINICAL.value))
    copy_rows(Memory, ("id", "patient_id", "text", "part", "source", "sensitivity"), new, now=now)
    return touched


def add_birthdays(
    people: Sequence[tuple[UUID, tuple[int, int]]], *, known: Collection[UUID], now: datetime
) -> set[UUID]:
    """As occasions, for whom none is written down yet. Returns who got one."""
    if not people:
        return set()
    asked = [id for id, _ in people if id in known]
    condition = "patient_id = ANY(%s) AND kind = %s"
    birthday = OccasionKind.BIRTHDAY.value
    had = {id for (id,) in select_rows(Occasion, ("patient_id",), condition, [asked, birthday])} if asked else set()
    new = {id: (uuid7(), id, birthday, *day) for id, day in people if id not in had}
    copy_rows(Occasion, ("id", "patient_id", "kind", "month", "day"), new.values(), now=now)
    return set(new)
