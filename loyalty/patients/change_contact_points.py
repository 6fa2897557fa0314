"""The ways to reach a patient: one is added, corrected, tried earlier, never used again, or taken off."""

from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from core.violated import violated
from loyalty.models import ContactPoint
from loyalty.patients.contact_points import contact_point
from loyalty.patients.locked import locked_patient

LABELS = ("mobile", "home", "work")
MOST = 10
LONGEST_LABEL = 20


def add_contact_point(*, patient_id: UUID, kind: str, value: str, label: str) -> ContactPoint:
    """At the end of its kind. Raises NotFound, Conflict for a merged record, DomainError with field "value"."""
    with transaction.atomic():
        patient = locked_patient(patient_id)
        point = _checked(ContactPoint(patient=patient), kind=kind, value=value, label=label)
        others = list(ContactPoint.objects.filter(patient=patient, kind=kind).order_by("rank", "id"))
        if len(others) >= MOST:
            raise DomainError("contact_points_many", f"{MOST} are kept at most. Take one off that is no longer used.")
        point.rank = others[-1].rank + 1 if others else 1
        _save(point, force_insert=True)
        changed("contact_point.added", point, patients=[patient.id])
        return point


def change_contact_point(
    *, patient_id: UUID, point_id: UUID, value: str, label: str, do_not_use: bool, was: str
) -> ContactPoint:
    """was: the number or address as the asker saw it. Raises as `add_contact_point`, and Conflict where it changed."""
    with transaction.atomic():
        point = _locked(patient_id, point_id)
        if point.value != was:
            raise Conflict(
                "contact_point_changed",
                f"Somebody changed this meanwhile. It says now: “{point.value}”. Save again what you want to keep.",
            )
        _checked(point, kind=point.kind, value=value, label=label)
        point.do_not_use = do_not_use
        _save(point)
        changed("contact_point.changed", point, patients=[patient_id])
        return point


def spare_contact_point(*, patient_id: UUID, point_id: UUID, spare: bool) -> ContactPoint:
    """“Do not use this number”, or use it again. Raises NotFound, Conflict where it is so already."""
    with transaction.atomic():
        point = _locked(patient_id, point_id)
        if point.do_not_use == spare:
            raise Conflict("contact_point_settled", "This was noted already." if spare else "It may be used already.")
        point.do_not_use = spare
        point.save(update_fields=["do_not_use", "updated_at"])
        changed("contact_point.spared" if spare else "contact_point.opened", point, patients=[patient_id])
        return point


def raise_contact_point(*, patient_id: UUID, point_id: UUID) -> ContactPoint:
    """Try it before the one that is tried before it. Raises NotFound, Conflict where it is the first already."""
    with transaction.atomic():
        point = _locked(patient_id, point_id)
        in_order = list(ContactPoint.objects.filter(patient_id=patient_id, kind=point.kind).order_by("rank", "id"))
        place = in_order.index(point)
        if place == 0:
            raise Conflict("contact_point_first", "It is tried first already.")
        in_order.insert(place - 1, in_order.pop(place))
        for rank, one in enumerate(in_order, 1):
            one.rank = rank
        ContactPoint.objects.bulk_update(in_order, ["rank"])
        changed("contact_point.raised", point, patients=[patient_id])
        return point


def remove_contact_point(*, patient_id: UUID, point_id: UUID) -> None:
    """For what was typed wrong; a number that is not wished is kept as such. Raises NotFound."""
    with transaction.atomic():
        point = _locked(patient_id, point_id)
        changed("contact_point.removed", point, patients=[patient_id])
        point.delete()


def _locked(patient_id: UUID, point_id: UUID) -> ContactPoint:
    patient = locked_patient(patient_id)
    point = ContactPoint.objects.select_for_update(no_key=True).filter(id=point_id, patient=patient).first()
    if point is None:
        raise NotFound("contact_point_not_found", "This number or address is no longer on file.")
    return point


def _checked(point: ContactPoint, *, kind: str, value: str, label: str) -> ContactPoint:
    if kind not in ContactPoint.Kind.values:
        raise DomainError("contact_kind_unknown", "Choose phone or email.", field="kind")
    try:
        found = contact_point(patient=point.patient, kind=kind, value=value)
    except DomainError as error:
        raise DomainError(error.code, error.message, field="value") from error
    if found is None:
        raise DomainError("contact_empty", "Write the number or the address.", field="value")
    point.kind, point.value, point.search = kind, found.value, found.search
    point.label = given_text(label, what="The label", field="label", limit=LONGEST_LABEL)
    return point


def _save(point: ContactPoint, *, force_insert: bool = False) -> None:
    try:
        with transaction.atomic():
            point.save(force_insert=force_insert)
    except IntegrityError as error:
        if violated(error) != "contact_point_once":
            raise
        raise DomainError("contact_twice", "This is on file already, further up or down.", field="value") from None
