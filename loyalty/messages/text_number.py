"""The number that a practice texts from."""

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.messages.addresses import AddressKind, normal
from loyalty.models import TextNumber


def set_text_number(*, given: str) -> str:
    """Keep it, in place of the one before; returns it as it is dialed. Raises DomainError for what is no number."""
    number = normal(AddressKind.PHONE, given)
    if not number:
        raise DomainError("text_number_unusable", f"“{given}” is no number that texts can come from.", field="given")
    with transaction.atomic():
        TextNumber.objects.update_or_create(only=True, defaults={"number": number})
        audit.record("text_number.set")
    return number
