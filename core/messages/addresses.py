"""Phone numbers and email addresses in the one form that is sent to, compared and suppressed."""

import hashlib
from enum import StrEnum
from zoneinfo import ZoneInfo

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from phonenumbers import PhoneNumberFormat, PhoneNumberType
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

# Where a number without a country code is at home.
REGION = "US"
# A number that belongs to more zones than this says nothing of where its owner is.
_MOST_ZONES = 4
_TEXTABLE = {PhoneNumberType.MOBILE, PhoneNumberType.FIXED_LINE_OR_MOBILE}


class AddressKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


def normal(kind: str, given: str) -> str:
    """E.164 of a number that texts can reach, the lower-case form of an email address; "" for anything else."""
    return _normal_phone(given) if kind == AddressKind.PHONE else _normal_email(given)


def fingerprint(kind: str, address: str) -> str:
    """A name for a normal address that outlives the address itself. Whoever knows the address can compute it."""
    return hashlib.sha256(f"{kind}:{address}".encode()).hexdigest()


def zones_of_phone(number: str) -> tuple[ZoneInfo, ...]:
    """The time zones that an E.164 number points to; none where it could be anywhere."""
    names = time_zones_for_number(phonenumbers.parse(number))
    if len(names) > _MOST_ZONES or UNKNOWN_TIMEZONE in names:
        return ()
    return tuple(ZoneInfo(name) for name in names)


def veiled(kind: str, address: str) -> str:
    """As much of a normal address as tells two apart on a list: "ends in 48", "m…@example.com"."""
    if kind == AddressKind.PHONE:
        return f"ends in {address[-2:]}"
    name, _, domain = address.partition("@")
    return f"{name[:1]}…@{domain}"


def _normal_phone(given: str) -> str:
    try:
        number = phonenumbers.parse(given, REGION)
    except phonenumbers.NumberParseException:
        return ""
    if number.extension or not phonenumbers.is_valid_number(number):
        return ""
    if phonenumbers.number_type(number) not in _TEXTABLE:
        return ""
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def _normal_email(given: str) -> str:
    address = given.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        return ""
    return address
