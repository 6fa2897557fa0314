"""Telephone numbers and email addresses: kept as they are written, if they can reach anybody."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from core.messages.addresses import REGION
from core.messages.possible import Possible, possible_phone
from core.sheets.cells.faults import CellFault, quoted
from core.sheets.cells.text import read_text
from loyalty.patients.contact_points import FEWEST_DIGITS, MOST_DIGITS, digits_of

_PHONE, _EMAIL = 40, 254
# What nearly every number of a practice in the network looks like.
_NORTH_AMERICAN = re.compile(r"(?:\+?1[-. ]?)?\(?[2-9]\d{2}\)?[-. ]{0,2}[2-9]\d{2}[-. ]?\d{4}")
_PLAIN_EMAIL = re.compile(r"[A-Za-z0-9_+-]+(?:\.[A-Za-z0-9_+-]+)*@(?:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*\.)+[A-Za-z]{2,24}")


def read_phone(text: str, *, region: str = REGION) -> str:
    """region: whose numbers need no country code. Raises CellFault."""
    value = read_text(text, most=_PHONE)
    if _NORTH_AMERICAN.fullmatch(value):
        return value
    possible = possible_phone(value, region=region)
    if possible == Possible.TOO_SHORT:
        raise CellFault(f"{quoted(value)} is too short; give it with its area code")
    if possible == Possible.NO:
        raise CellFault(f"{quoted(value)} is not a phone number")
    if not FEWEST_DIGITS <= len(digits_of(value)) <= MOST_DIGITS:
        raise CellFault(f"{quoted(value)} is not a phone number")
    return value


def read_email(text: str) -> str:
    """Raises CellFault."""
    value = read_text(text, most=_EMAIL)
    if not _PLAIN_EMAIL.fullmatch(value):
        try:
            validate_email(value)
        except ValidationError:
            raise CellFault(f"{quoted(value)} is not an email address") from None
    return value
