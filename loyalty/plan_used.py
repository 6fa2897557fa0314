"""How much of what a plan limits is in use, inside a practice."""

from datetime import datetime

from core.tenancy.scope import control_plane, current_practice
from loyalty.messages.texts_used import texts_of_month
from loyalty.models import Holdout, Kiosk, Location
from tenants.models import Capability, PartnerGrant


def used(*, now: datetime) -> dict[Capability, int]:
    """Of each capability; texts since the month began."""
    practice = current_practice()
    with control_plane():
        programs = PartnerGrant.objects.filter(practice_id=practice.id, ended_at__isnull=True).count()
    return {
        Capability.LOCATIONS: Location.objects.filter(is_active=True).count(),
        Capability.TABLETS: Kiosk.objects.filter(revoked_at__isnull=True).count(),
        Capability.TEXTS: texts_of_month(now=now),
        Capability.PROGRAMS: programs,
        Capability.HOLDOUTS: Holdout.objects.filter(closed_at__isnull=True).count(),
    }
