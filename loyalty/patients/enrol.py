"""A patient is written down for the first time."""

from collections.abc import Sequence
from datetime import datetime

from loyalty.models import Patient


def enrol(
    *,
    given_name: str,
    family_name: str,
    preferred_name: str = "",
    pronouns: str = "",
    birth: tuple[int | None, int | None, int | None] = (None, None, None),
    phones: Sequence[str] = (),
    emails: Sequence[str] = (),
    record_number: str = "",
    address: str = "",
    city: str = "",
    state: str = "",
    postal_code: str = "",
    preferred_channel: str = "",
    now: datetime,
) -> Patient:
    """Write a patient down with the ways to reach them.

    Raises DomainError with `field` set to the parameter (or "birth") that cannot be kept as it is.
    """
    raise NotImplementedError
