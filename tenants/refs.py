"""Practices by id, as tenancy needs them."""

from uuid import UUID

from core.tenancy.scope import PracticeRef
from tenants.models import Practice


def active_practice(practice_id: UUID) -> PracticeRef | None:
    """The reference of an active practice; None where there is none."""
    practice = Practice.objects.filter(id=practice_id, status=Practice.Status.ACTIVE).first()
    return practice.ref if practice else None


def active_practices() -> list[PracticeRef]:
    """All active practices by slug: for nightly jobs, which then run one job a practice."""
    return [practice.ref for practice in Practice.objects.filter(status=Practice.Status.ACTIVE).order_by("slug")]


def may_hold_patients(practice_id: UUID) -> bool:
    """Whether the practice is active and its business associate agreement stands. One query, as control plane."""
    return Practice.objects.filter(
        id=practice_id, status=Practice.Status.ACTIVE, business_associate_agreed_at__isnull=False
    ).exists()
