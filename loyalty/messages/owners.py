"""Whose an address is: patients who gave it, minors whose guardian did, and whoever was written to at it."""

from datetime import date

from django.db.models import Q, QuerySet

from core.messages.addresses import AddressKind, fingerprint, normal
from loyalty.models import ContactPoint, Guardianship, Message, Patient
from loyalty.patients.contact_points import digits_of
from loyalty.patients.reach import birth_of

# Enough of a number's end to find it however it was written; what is found is then compared whole.
_END = 8


def owners_of(kind: str, address: str, *, today: date) -> list[Patient]:
    """Of a normal address. Four queries; the index of the patients' search finds a number by its end."""
    points = [
        point for point in _ending(kind, address).select_related("patient") if normal(kind, point.value) == address
    ]
    found = {point.patient_id: point.patient for point in points}
    for guardianship in _guardianships(kind, address, list(found)):
        if birth_of(guardianship.patient).may_be_minor_on(today):
            found[guardianship.patient_id] = guardianship.patient
    written = Message.objects.filter(address_hash=fingerprint(kind, address)).values("patient_id")
    for patient in Patient.objects.filter(id__in=written).exclude(id__in=found):
        found[patient.id] = patient
    return list(found.values())


def owners_of_hash(kind: str, address_hash: str, *, hint: str, today: date) -> list[Patient]:
    """Of an address that is known by its fingerprint and by what a list shows of it (`hint`)."""
    address = _known(kind, address_hash, hint)
    return owners_of(kind, address, today=today) if address else []


def _known(kind: str, address_hash: str, hint: str) -> str:
    """The address: as it was written to, or as one on file that looks like the hint; "" where none is left."""
    written = Message.objects.filter(address_hash=address_hash).exclude(address="").values_list("address", flat=True)
    if address := written.first():
        return address
    start, end = ("", hint[-2:]) if kind == AddressKind.PHONE else (hint[:1], hint[hint.find("@") :])
    points = ContactPoint.objects.filter(kind=kind, search__startswith=start, search__endswith=end)
    field = "phone" if kind == AddressKind.PHONE else "email"
    given = [*points.values_list("value", flat=True), *Guardianship.objects.values_list(field, flat=True)]
    return next((one for one in (normal(kind, value) for value in given) if _is(kind, one, address_hash)), "")


def _is(kind: str, address: str, address_hash: str) -> bool:
    return bool(address) and fingerprint(kind, address) == address_hash


def _ending(kind: str, address: str) -> QuerySet[ContactPoint]:
    if kind == AddressKind.EMAIL:
        return ContactPoint.objects.filter(kind=kind, search=address)
    return ContactPoint.objects.filter(kind=kind, search__endswith=digits_of(address)[-_END:])


def _guardianships(kind: str, address: str, owner_ids: list[object]) -> list[Guardianship]:
    """Those of guardians who are patients with that address, and of guardians known by it alone."""
    field = "phone" if kind == AddressKind.PHONE else "email"
    found = Guardianship.objects.filter(Q(guardian_id__in=owner_ids) | ~Q(**{field: ""})).select_related("patient")
    return [one for one in found if one.guardian_id in owner_ids or normal(kind, getattr(one, field)) == address]
