"""All ways to reach a patient are said anew, by a system that knows the whole list."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core import audit
from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text
from loyalty.models import ContactPoint, Patient
from loyalty.patients.change_contact_points import LONGEST_LABEL, MOST
from loyalty.patients.contact_points import checked_contact
from loyalty.patients.locked import locked_patient

_FIELD = "contact_points"
COLUMNS = ("kind", "search", "value", "label", "rank", "do_not_use")


@dataclass(frozen=True, slots=True)
class GivenPoint:
    """One that was checked: see `given_point`. do_not_use: None where nothing was said of it."""

    kind: str
    value: str
    search: str
    label: str
    do_not_use: bool | None


@dataclass(slots=True)
class KeptPoint:
    """A row as it is to be. id: None for one that is new."""

    id: UUID | None
    kind: str
    search: str
    value: str
    label: str
    rank: int
    do_not_use: bool


@dataclass(frozen=True, slots=True)
class Replaced:
    """What becomes of the rows of one patient; every other one stays as it is."""

    gone: list[KeptPoint]
    altered: list[KeptPoint]
    new: list[KeptPoint]

    def __bool__(self) -> bool:
        return bool(self.gone or self.altered or self.new)

    @property
    def counts(self) -> audit.Detail:
        return {"added": len(self.new), "changed": len(self.altered), "removed": len(self.gone)}


def given_point(*, kind: str, value: str, label: str = "", do_not_use: bool | None = None) -> GivenPoint:
    """Raises DomainError with field "contact_points"."""
    try:
        kept, search = checked_contact(kind, value)
    except DomainError as error:
        raise DomainError(error.code, error.message, field=_FIELD) from error
    if not kept:
        raise DomainError("contact_empty", "Give the number or the address.", field=_FIELD)
    shown = given_text(label, what="The label", field=_FIELD, limit=LONGEST_LABEL)
    return GivenPoint(kind=kind, value=kept, search=search, label=shown, do_not_use=do_not_use)


def replace_contact_points(*, patient_id: UUID, points: Sequence[GivenPoint]) -> None:
    """The first of each kind is tried first. What the patient asked not to be used is kept, named or not.

    Raises NotFound, Conflict for a merged record, DomainError with field "contact_points".
    """
    with transaction.atomic():
        patient = locked_patient(patient_id)
        check_list(points)
        rows = list(ContactPoint.objects.filter(patient=patient).order_by("rank"))
        replaced = replacing([KeptPoint(one.id, *(getattr(one, name) for name in COLUMNS)) for one in rows], points)
        if not replaced:
            return
        ContactPoint.objects.filter(id__in=[one.id for one in replaced.gone]).delete()
        by_id: dict[UUID | None, ContactPoint] = {one.id: one for one in rows}
        for altered in replaced.altered:
            row = by_id[altered.id]
            row.value, row.label, row.rank, row.do_not_use = _said(altered)
            row.save(update_fields=["value", "label", "rank", "do_not_use", "updated_at"])
        ContactPoint.objects.bulk_create(_row(patient, one) for one in replaced.new)
        changed("contact_point.replaced", patient, patients=[patient.id], detail=replaced.counts)


def check_list(points: Sequence[GivenPoint]) -> None:
    """What can be wrong with a list whoever's it is. Raises DomainError with field "contact_points"."""
    seen: set[tuple[str, str]] = set()
    for given in points:
        if (given.kind, given.search) in seen:
            raise DomainError("contact_twice", f"“{given.value}” is in the list twice.", field=_FIELD)
        seen.add((given.kind, given.search))
    _check_many(points)


def replacing(known: Sequence[KeptPoint], points: Sequence[GivenPoint]) -> Replaced:
    """points: a list that `check_list` took. Raises DomainError where it takes a wish back, or there are too many."""
    by_key = {(one.kind, one.search): one for one in known}
    rows = [_merged(by_key.get((given.kind, given.search)), given) for given in points]
    wanted = {(one.kind, one.search) for one in rows}
    left = [one for key, one in by_key.items() if key not in wanted]
    stay = [KeptPoint(one.id, *(getattr(one, name) for name in COLUMNS)) for one in left if one.do_not_use]
    after = [*rows, *stay]
    _check_many(after)
    ranks: dict[str, int] = {}
    for one in after:
        one.rank = ranks[one.kind] = ranks.get(one.kind, 0) + 1
    return Replaced(
        gone=[one for one in left if not one.do_not_use],
        altered=[one for one in after if one.id and _said(one) != _said(by_key[one.kind, one.search])],
        new=[one for one in after if one.id is None],
    )


def _check_many(points: Sequence[GivenPoint | KeptPoint]) -> None:
    for kind in ContactPoint.Kind.values if len(points) > MOST else ():
        if sum(one.kind == kind for one in points) > MOST:
            raise DomainError("contact_points_many", f"{MOST} of a kind are kept at most.", field=_FIELD)


def _merged(known: KeptPoint | None, given: GivenPoint) -> KeptPoint:
    if known is not None and known.do_not_use and given.do_not_use is False:
        raise DomainError(
            "wish_kept",
            f"The patient asked not to be reached at “{known.value}”. Only the practice can take that back.",
            field=_FIELD,
        )
    return KeptPoint(
        id=known.id if known else None,
        kind=given.kind,
        search=given.search,
        value=given.value,
        label=given.label,
        rank=0,
        do_not_use=bool(given.do_not_use or (known and known.do_not_use)),
    )


def _row(patient: Patient, point: KeptPoint) -> ContactPoint:
    return ContactPoint(patient=patient, **{name: getattr(point, name) for name in COLUMNS})


def _said(point: KeptPoint) -> tuple[str, str, int, bool]:
    return point.value, point.label, point.rank, point.do_not_use
