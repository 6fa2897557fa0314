"""All ways to reach a patient are said anew, by a system that knows the whole list."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text
from loyalty.models import ContactPoint, Patient
from loyalty.patients.change_contact_points import LONGEST_LABEL, MOST
from loyalty.patients.contact_points import contact_point
from loyalty.patients.locked import locked_patient

_FIELD = "contact_points"


@dataclass(frozen=True, slots=True)
class GivenPoint:
    """do_not_use: None where nothing was said of it."""

    kind: str
    value: str
    label: str = ""
    do_not_use: bool | None = None


def replace_contact_points(*, patient_id: UUID, points: Sequence[GivenPoint]) -> None:
    """The first of each kind is tried first. What the patient asked not to be used is kept, named or not.

    Raises NotFound, Conflict for a merged record, DomainError with field "contact_points".
    """
    with transaction.atomic():
        patient = locked_patient(patient_id)
        wanted = _wanted(patient, points)
        known = {(one.kind, one.search): one for one in ContactPoint.objects.filter(patient=patient).order_by("rank")}
        gone = [one for key, one in known.items() if key not in wanted and not one.do_not_use]
        stay = [one for key, one in known.items() if key not in wanted and one.do_not_use]
        before = {key: _said(one) for key, one in known.items()}
        rows = [_merged(known.get(key), point, given) for key, (point, given) in wanted.items()]
        for kind in ContactPoint.Kind.values:
            of_kind = [one for one in (*rows, *stay) if one.kind == kind]
            if len(of_kind) > MOST:
                raise DomainError("contact_points_many", f"{MOST} of a kind are kept at most.", field=_FIELD)
            for rank, one in enumerate(of_kind, 1):
                one.rank = rank
        new = [one for one in rows if (one.kind, one.search) not in known]
        altered = [one for key, one in known.items() if one not in gone and _said(one) != before[key]]
        if not (gone or new or altered):
            return
        ContactPoint.objects.filter(id__in=[one.id for one in gone]).delete()
        for one in altered:
            one.save(update_fields=["value", "label", "rank", "do_not_use", "updated_at"])
        ContactPoint.objects.bulk_create(new)
        changed(
            "contact_point.replaced",
            patient,
            patients=[patient.id],
            detail={"added": len(new), "changed": len(altered), "removed": len(gone)},
        )


def _wanted(patient: Patient, points: Sequence[GivenPoint]) -> dict[tuple[str, str], tuple[ContactPoint, GivenPoint]]:
    """By what search compares, in the order given."""
    wanted: dict[tuple[str, str], tuple[ContactPoint, GivenPoint]] = {}
    for given in points:
        row = checked_point(patient, given)
        if (row.kind, row.search) in wanted:
            raise DomainError("contact_twice", f"“{row.value}” is in the list twice.", field=_FIELD)
        wanted[row.kind, row.search] = (row, given)
    return wanted


def checked_point(patient: Patient, given: GivenPoint) -> ContactPoint:
    """An unsaved row. Raises DomainError with field "contact_points"."""
    try:
        found = contact_point(patient=patient, kind=given.kind, value=given.value)
    except DomainError as error:
        raise DomainError(error.code, error.message, field=_FIELD) from error
    if found is None:
        raise DomainError("contact_empty", "Give the number or the address.", field=_FIELD)
    found.label = given_text(given.label, what="The label", field=_FIELD, limit=LONGEST_LABEL)
    found.do_not_use = bool(given.do_not_use)
    return found


def _merged(known: ContactPoint | None, point: ContactPoint, given: GivenPoint) -> ContactPoint:
    if known is None:
        return point
    if known.do_not_use and given.do_not_use is False:
        raise DomainError(
            "wish_kept",
            f"The patient asked not to be reached at “{known.value}”. Only the practice can take that back.",
            field=_FIELD,
        )
    known.value, known.label = point.value, point.label
    known.do_not_use = known.do_not_use or point.do_not_use
    return known


def _said(point: ContactPoint) -> tuple[str, str, int, bool]:
    return point.value, point.label, point.rank, point.do_not_use
