"""Ways to reach many patients at once."""

from collections.abc import Mapping, Sequence, Set
from datetime import datetime
from uuid import UUID

from core.changed import changed_each
from core.copying import copy_rows, select_rows, update_rows
from core.errors import DomainError
from core.ids import uuid7
from loyalty.models import ContactPoint, Patient
from loyalty.patients.replace_contact_points import COLUMNS, GivenPoint, KeptPoint, Replaced, replacing

Said = Mapping[UUID, Sequence[GivenPoint]]


class PointsOfMany:
    """said: of patients who are locked, or just made, the list that `check_list` took.

    refused: of whom it would take a wish back, or be too many with what is kept; they keep what they have.
    """

    def __init__(self, said: Said, *, known: Set[UUID]) -> None:
        kept = _kept(list(known))
        self.refused: dict[UUID, DomainError] = {}
        self._replaced: dict[UUID, Replaced] = {}
        for id, points in said.items():
            try:
                replaced = replacing(kept.get(id, ()), points)
            except DomainError as error:
                self.refused[id] = error
                continue
            if replaced:
                self._replaced[id] = replaced
        self.changed = [id for id in self._replaced if id in known]

    def write(self, *, now: datetime) -> None:
        """Of who was known before, each change is told by itself, as that of one patient is."""
        gone = [one.id for replaced in self._replaced.values() for one in replaced.gone if one.id]
        if gone:
            ContactPoint.objects.filter(id__in=gone).delete()
        altered = [_values(one.id, id, one) for id, replaced in self._replaced.items() for one in replaced.altered]
        update_rows(ContactPoint, ("id", "patient_id", *COLUMNS), altered, now=now)
        new = [_values(uuid7(), id, one) for id, replaced in self._replaced.items() for one in replaced.new]
        copy_rows(ContactPoint, ("id", "patient_id", *COLUMNS), new, now=now)
        done = [(id, id, self._replaced[id].counts) for id in self.changed]
        changed_each("contact_point.replaced", model=Patient, done=done)


def _kept(ids: list[UUID]) -> dict[UUID, list[KeptPoint]]:
    found: dict[UUID, list[KeptPoint]] = {}
    if ids:
        wanted = "patient_id = ANY(%s) ORDER BY rank"
        for id, patient_id, *values in select_rows(ContactPoint, ("id", "patient_id", *COLUMNS), wanted, [ids]):
            found.setdefault(patient_id, []).append(KeptPoint(id, *values))
    return found


def _values(id: UUID | None, patient_id: UUID, point: KeptPoint) -> tuple[object, ...]:
    return (id, patient_id, point.kind, point.search, point.value, point.label, point.rank, point.do_not_use)
