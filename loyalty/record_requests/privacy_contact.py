"""Whom the letters name to a patient who wants to complain: 45 CFR 164.526(d)(1)(iv) wants a name or title, and a
telephone number.
"""

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from core.given_text import given_text, is_visible
from loyalty.models import PrivacyContact
from loyalty.patients.contact_points import digits_of

_NAME = PrivacyContact._meta.get_field("name").max_length or 0
_PHONE = PrivacyContact._meta.get_field("phone").max_length or 0
# With area code, so that it can be dialed from anywhere.
_LEAST_DIGITS = 10


def privacy_contact() -> PrivacyContact | None:
    return PrivacyContact.objects.first()


def name_privacy_contact(*, name: str, phone: str) -> PrivacyContact:
    """Instead of the one before. Raises DomainError with the field of what is missing or cannot be kept."""
    who = given_text(name, what="The name", field="name", limit=_NAME)
    number = given_text(phone, what="The number", field="phone", limit=_PHONE)
    if not is_visible(who):
        raise DomainError("privacy_contact_name", "Write a name or a title: “Office manager”.", field="name")
    if len(digits_of(number)) < _LEAST_DIGITS:
        raise DomainError(
            "privacy_contact_phone", "Write the number with its area code: (503) 555-0100.", field="phone"
        )
    with transaction.atomic():
        contact, _ = PrivacyContact.objects.update_or_create(only=True, defaults={"name": who, "phone": number})
        changed("privacy_contact.named", contact)
        return contact
