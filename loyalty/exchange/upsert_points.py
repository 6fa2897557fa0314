"""Ways to reach many patients at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from core.ids import uuid7
from loyalty.intake.loading.table import copy_rows, select_rows
from loyalty.models import ContactPoint, Patient
from loyalty.patients.replace_contact_points import GivenPoint, checked_point

_COLUMNS = ("kind", "search", "value", "label", "rank", "do_not_use")
Said = Mapping[UUID, Sequence[GivenPoint]]


def new_points(said: Said, *, now: datetime) -> None:
    """Of patients who have none yet."""
    rows = [
        (uuid7(), id, *(getattr(point, name) for name in _COLUMNS))
        for id, points in said.items()
        for point in _ranked(points)
    ]
    copy_rows(ContactPoint, ("id", "patient_id", *_COLUMNS), rows, now=now)


def differing(said: Said) -> list[UUID]:
    """Those of whom something else is on file than is said."""
    kept: dict[UUID, set[tuple[Any, ...]]] = {id: set() for id in said}
    if not said:
        return []
    for id, *values in select_rows(ContactPoint, ("patient_id", *_COLUMNS), "patient_id = ANY(%s)", [list(said)]):
        kept[id].add(tuple(values))
    return [
        id
        for id, points in said.items()
        if {tuple(getattr(point, name) for name in _COLUMNS) for point in _ranked(points)} != kept[id]
    ]


def _ranked(points: Sequence[GivenPoint]) -> list[ContactPoint]:
    ranks = dict.fromkeys(ContactPoint.Kind.values, 0)
    nobody = Patient()
    rows = []
    for given in points:
        row = checked_point(nobody, given)
        ranks[row.kind] += 1
        row.rank = ranks[row.kind]
        rows.append(row)
    return rows
