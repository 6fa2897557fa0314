"""The network writes down a vendor, or changes what it wrote."""

from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from billing.purchasing.models import Vendor
from billing.purchasing.sentences import refusals
from billing.purchasing.vendors.listed import one_vendor
from billing.purchasing.words import needed, optional
from core import audit
from core.errors import Conflict, DomainError

_NAME = 120


def add_vendor(*, name: str, contact_name: str = "", email: str = "") -> Vendor:
    """email: where claims go. Raises DomainError for a field, Conflict vendor_exists for a name that is taken."""
    vendor = Vendor()
    _write(vendor, name=name, contact_name=contact_name, email=email, verb="vendor.added")
    return vendor


def change_vendor(*, vendor_id: UUID, name: str, contact_name: str = "", email: str = "") -> Vendor:
    """Raises as `add_vendor`, and NotFound."""
    vendor = one_vendor(vendor_id)
    _write(vendor, name=name, contact_name=contact_name, email=email, verb="vendor.changed")
    return vendor


def _write(vendor: Vendor, *, name: str, contact_name: str, email: str, verb: str) -> None:
    vendor.name = needed(name, what="The name", field="name", most=_NAME)
    vendor.contact_name = optional(contact_name, what="The name of the contact", field="contact_name", most=_NAME)
    vendor.email = _checked(email)
    taken = Conflict("vendor_exists", "A vendor of that name is here already. Open it instead.", field="name")
    with refusals({"vendor_named_once": taken}):
        vendor.save()
        audit.record(verb, subject=vendor)


def _checked(given: str) -> str:
    email = given.strip()
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError as error:
        raise DomainError("email_invalid", "Enter an email address like claims@example.com.", field="email") from error
    return email
