"""Phone numbers and email addresses: kept as they were given, with what search compares beside them."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.errors import DomainError
from core.given_text import given_text
from loyalty.models import ContactPoint, Patient

# Small islands have numbers of four digits; the longest, with an extension, have about twenty.
FEWEST_DIGITS, MOST_DIGITS = 4, 22
_VALUE, _PHONE = 254, 40


def digits_of(text: str) -> str:
    """The digits of `text` in ASCII, whatever script they are written in."""
    return "".join(str(int(letter)) for letter in text if letter.isdecimal())


def contact_points(*, patient: Patient, phones: Sequence[str], emails: Sequence[str]) -> list[ContactPoint]:
    """Unsaved rows, ranked as given. Empty entries and repetitions are left out.

    Raises DomainError with field "phones" or "emails".
    """
    by_search = {(kind, search): value for kind, value, search in [*map(_phone, phones), *map(_email, emails)] if value}
    ranks = dict.fromkeys(ContactPoint.Kind.values, 0)
    points: list[ContactPoint] = []
    for (kind, search), value in by_search.items():
        ranks[kind] += 1
        points.append(ContactPoint(patient=patient, kind=kind, value=value, search=search, rank=ranks[kind]))
    return points


def contact_point(*, patient: Patient, kind: str, value: str) -> ContactPoint | None:
    """One unsaved row; None for nothing but blanks. Raises as `contact_points`."""
    kept, search = checked_contact(kind, value)
    return ContactPoint(patient=patient, kind=kind, value=kept, search=search, rank=1) if kept else None


def checked_contact(kind: str, value: str) -> tuple[str, str]:
    """As it is kept, and what search compares; empty for nothing but blanks. Raises as `contact_points`."""
    _, kept, search = (_phone if kind == ContactPoint.Kind.PHONE else _email)(value)
    return kept, search


def _phone(given: str) -> tuple[str, str, str]:
    value = given_text(given, what="The phone number", field="phones", limit=_PHONE)
    digits = digits_of(value)
    if value and not FEWEST_DIGITS <= len(digits) <= MOST_DIGITS:
        raise DomainError(
            "phone_incomplete",
            f"“{value}” is not a whole phone number. Give it with its area code, as in (503) 555-0148.",
            field="phones",
        )
    return ContactPoint.Kind.PHONE, value, digits


def _email(given: str) -> tuple[str, str, str]:
    value = given_text(given, what="The email address", field="emails", limit=_VALUE)
    if value:
        try:
            validate_email(value)
        except ValidationError:
            raise DomainError(
                "email_invalid",
                f"“{value}” is not an email address. It needs a name, an @ and a domain, as in ana@example.com.",
                field="emails",
            ) from None
    return ContactPoint.Kind.EMAIL, value, value.lower()
