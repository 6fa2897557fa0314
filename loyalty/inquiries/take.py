"""Somebody asks before they book: it is written down, and a call falls due."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import DomainError
from core.violated import violated
from loyalty.inquiries.due import first_call_due
from loyalty.inquiries.given import given
from loyalty.inquiries.locked import check_open, locked
from loyalty.models import Inquiry, Staff


def take(
    *,
    name: str,
    phone: str = "",
    email: str = "",
    guardian_name: str = "",
    found_via: str = "",
    referrer_id: UUID | None = None,
    referrer_name: str = "",
    wants: str = "",
    expects: str = "",
    worries: str = "",
    location_id: UUID | None = None,
    assigned_to_id: UUID | None = None,
    now: datetime,
) -> Inquiry:
    """Write it down. guardian_name: of a minor, whose phone and email are the guardian's.

    Raises DomainError with `field` set to what cannot be kept as it is.
    """
    values = given(
        name=name,
        phone=phone,
        email=email,
        guardian_name=guardian_name,
        found_via=found_via,
        referrer_id=referrer_id,
        referrer_name=referrer_name,
        wants=wants,
        expects=expects,
        worries=worries,
        location_id=location_id,
    )
    with transaction.atomic():
        inquiry = Inquiry(
            **values,
            asked_at=now,
            due_at=first_call_due(values["location"], now=now),
            assigned_to=who_is_there(assigned_to_id),
        )
        _save(inquiry)
        changed("inquiry.taken", inquiry, patients=[inquiry.referrer_id] if inquiry.referrer_id else [])
        return inquiry


def correct(
    *,
    inquiry_id: UUID,
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
    now: datetime,
) -> Inquiry:
    """Write it down as it should have been. Raises NotFound, Conflict where it was settled, DomainError."""
    values = given(
        name=name,
        phone=phone,
        email=email,
        guardian_name=guardian_name,
        found_via=found_via,
        referrer_id=referrer_id,
        referrer_name=referrer_name,
        wants=wants,
        expects=expects,
        worries=worries,
        location_id=location_id,
    )
    with transaction.atomic():
        inquiry = locked(inquiry_id)
        check_open(inquiry, now=now)
        for field, value in values.items():
            setattr(inquiry, field, value)
        _save(inquiry)
        changed("inquiry.corrected", inquiry, patients=[inquiry.referrer_id] if inquiry.referrer_id else [])
        return inquiry


def who_is_there(staff_id: UUID | None) -> Staff | None:
    """Raises DomainError for somebody who does not work here."""
    if staff_id is None:
        return None
    staff = Staff.objects.filter(id=staff_id, is_active=True).first()
    if staff is None:
        raise DomainError("colleague_unknown", "Choose a colleague who is there.", field="assigned_to_id")
    return staff


def _save(inquiry: Inquiry) -> None:
    try:
        with transaction.atomic():
            inquiry.save()
    except IntegrityError as error:
        if violated(error) != "inquiry_reachable":
            raise
        raise DomainError("unreachable", "Ask for a phone number or an email.", field="phone") from None
