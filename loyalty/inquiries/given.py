"""What somebody says who asks: checked, and kept as they said it."""

from typing import Any
from uuid import UUID

from core.errors import DomainError
from core.given_text import given_text, is_visible
from loyalty.models import FoundVia, Inquiry, Location, Patient
from loyalty.patients.contact_points import contact_points

LONGEST = 2000
_LIMITS = {field.name: field.max_length for field in Inquiry._meta.concrete_fields if field.max_length}


def given(
    *,
    name: str,
    phone: str,
    email: str,
    guardian_name: str,
    found_via: str,
    referrer_id: UUID | None,
    referrer_name: str,
    wants: str,
    expects: str,
    worries: str,
    location_id: UUID | None,
) -> dict[str, Any]:
    """Values of the fields of an inquiry. Raises DomainError with `field` set to the parameter."""
    _check_reach(phone, email)
    values: dict[str, Any] = {
        "name": _line(name, "name", "The name"),
        "phone": _line(phone, "phone", "The phone number"),
        "email": _line(email, "email", "The email address"),
        "guardian_name": _line(guardian_name, "guardian_name", "The name of the parent or guardian"),
        "referrer_name": _line(referrer_name, "referrer_name", "The name of who sent them"),
        "wants": given_text(wants, what="What they want", field="wants", limit=LONGEST, lines=True),
        "expects": given_text(expects, what="What they expect", field="expects", limit=LONGEST, lines=True),
        "worries": given_text(worries, what="What worries them", field="worries", limit=LONGEST, lines=True),
    }
    if not is_visible(values["name"]):
        raise DomainError("name_missing", "Write down their name.", field="name")
    if values["guardian_name"] and not is_visible(values["guardian_name"]):
        raise DomainError("guardian_without_name", "Write the guardian’s name.", field="guardian_name")
    if not values["phone"] and not values["email"]:
        raise DomainError(
            "unreachable", "Ask for a phone number or an email, so that somebody can call back.", field="phone"
        )
    if found_via and found_via not in FoundVia.values:
        raise DomainError("found_via_unknown", "Choose how they found us, or leave it open.", field="found_via")
    return values | {
        "found_via": found_via or (FoundVia.FRIEND if referrer_id or values["referrer_name"] else ""),
        "referrer": _referrer(referrer_id),
        "location": _location(location_id),
    }


def _check_reach(phone: str, email: str) -> None:
    """The same checks as a patient's: most become one."""
    try:
        contact_points(patient=Patient(), phones=[phone], emails=[email])
    except DomainError as error:
        raise DomainError(error.code, error.message, field="phone" if error.field == "phones" else "email") from None


def _line(text: str, field: str, what: str) -> str:
    return given_text(text, what=what, field=field, limit=_LIMITS[field])


def _referrer(patient_id: UUID | None) -> Patient | None:
    if patient_id is None:
        return None
    patient = Patient.objects.filter(id=patient_id, merged_into__isnull=True).first()
    if patient is None:
        raise DomainError("referrer_unknown", "Choose somebody who is a patient, or write a name.", field="referrer_id")
    return patient


def _location(location_id: UUID | None) -> Location | None:
    """The one chosen; the only one where there is one."""
    open_ones = list(Location.objects.filter(is_active=True).order_by("created_at", "id"))
    if location_id is None:
        return open_ones[0] if len(open_ones) == 1 else None
    found = next((one for one in open_ones if one.id == location_id), None)
    if found is None:
        raise DomainError("location_unknown", "Choose one of the practice's open locations.", field="location_id")
    return found
