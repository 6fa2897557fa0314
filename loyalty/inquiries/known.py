"""Whether somebody who asks is a patient already: by phone number or email address."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q

from core import audit
from loyalty.models import ContactPoint, Inquiry
from loyalty.patients.contact_points import digits_of

_AREA_AND_NUMBER = 10


@dataclass(frozen=True, slots=True)
class Known:
    """A patient with the same number or address. by: "phone" or "email"."""

    patient_id: UUID
    name: str
    by: str
    since: date | None


def known(inquiry: Inquiry) -> tuple[Known, ...]:
    """At most ten, by name; the dead and the merged left out. One query, and the trail where there is anybody."""
    same = Q(pk__in=[])
    digits = digits_of(inquiry.phone)
    if len(digits) >= _AREA_AND_NUMBER:
        # With and without the +1 that some people write.
        same |= Q(kind=ContactPoint.Kind.PHONE, search__in=[digits, digits[-_AREA_AND_NUMBER:], f"1{digits}"])
    elif digits:
        same |= Q(kind=ContactPoint.Kind.PHONE, search=digits)
    if inquiry.email:
        same |= Q(kind=ContactPoint.Kind.EMAIL, search=inquiry.email.lower())
    points = (
        ContactPoint.objects.filter(same, patient__deceased=False, patient__merged_into__isnull=True)
        .select_related("patient")
        .order_by("patient__family_name", "patient__given_name", "patient_id", "kind")[:10]
    )
    found: dict[UUID, Known] = {}
    for point in points:
        patient = point.patient
        found.setdefault(patient.id, Known(patient.id, patient.display_name, point.kind, patient.patient_since))
    if found:
        audit.record("patient.found", subject=inquiry, patients=list(found))
    return tuple(found.values())
