"""Whose PIN it is, where nobody is signed in: at a tablet that patients use."""

from uuid import UUID

from django.contrib.auth.hashers import check_password

from core.tenancy.scope import PracticeRef
from tenants.actions.set_pin import SHAPE
from tenants.models import Membership


def whose_pin(pin: str, *, practice: PracticeRef) -> UUID | None:
    """A member of the practice who has this PIN; None for nobody. As control plane.

    All are compared, whether one fits or not: how long it takes tells nothing.
    """
    if not SHAPE.match(pin):
        return None
    members = Membership.objects.filter(practice_id=practice.id, ended_at__isnull=True, person__is_active=True).exclude(
        person__pin=""
    )
    found = [id for id, kept in members.values_list("person_id", "person__pin") if check_password(pin, kept)]
    return found[0] if found else None
