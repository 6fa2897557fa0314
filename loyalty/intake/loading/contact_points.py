"""Writes telephone numbers and email addresses."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from core.copying import copy_rows, select_rows
from core.ids import uuid7
from loyalty.intake.fhir.rows import Reach
from loyalty.models import ContactPoint
from loyalty.patients.contact_points import digits_of

_COLUMNS = ("id", "patient_id", "kind", "value", "search", "label", "rank")


class Reachable(Protocol):
    @property
    def reaches(self) -> tuple[Reach, ...]: ...


def add_contact_points(people: Sequence[tuple[UUID, Reachable]], *, now: datetime) -> set[UUID]:
    """Adds what a patient does not have yet; returns who got something new.

    Nothing is removed or ranked anew: the practice may have learned which number not to use.
    """
    condition = "patient_id = ANY(%s)"
    known = set(select_rows(ContactPoint, ("patient_id", "kind", "search"), condition, [[id for id, _ in people]]))
    new: list[tuple[object, ...]] = []
    for id, row in people:
        for reach in row.reaches:
            key = (id, reach.kind, _search(reach))
            if key not in known:
                known.add(key)
                new.append((uuid7(), id, reach.kind, reach.value, key[2], reach.label, reach.rank))
    copy_rows(ContactPoint, _COLUMNS, new, now=now)
    return {row[1] for row in new if isinstance(row[1], UUID)}


def _search(reach: Reach) -> str:
    return reach.value.lower() if reach.kind == ContactPoint.Kind.EMAIL else digits_of(reach.value)
