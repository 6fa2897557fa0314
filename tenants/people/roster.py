"""The people of a practice, and of the network."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import Greatest

from core.tenancy.scope import control_plane
from tenants.models import Membership, Person, Role

_ORDER = {role: place for place, role in enumerate(Role.values)}


@dataclass(frozen=True, slots=True)
class Colleague:
    """since: when they joined. last_seen: when they were last signed in here; None for never.

    second_factor: whether they have set one up; recovery codes alone are none.
    """

    person_id: UUID
    name: str
    email: str
    role: str
    role_name: str
    since: datetime
    last_seen: datetime | None
    second_factor: bool


def people_of(practice_id: UUID) -> list[Colleague]:
    """Everybody with an open membership: owners first, then by name."""
    with control_plane():
        members = (
            Membership.objects.filter(practice_id=practice_id, ended_at__isnull=True)
            .select_related("person")
            .annotate(used=Greatest("last_seen_at", Max("sessions__last_seen_at")), proves=_factor_of("person_id"))
        )
        found = [
            Colleague(
                person_id=member.person_id,
                name=member.person.name,
                email=member.person.email,
                role=member.role,
                role_name=member.get_role_display(),
                since=member.created_at,
                last_seen=member.used,
                second_factor=member.proves,
            )
            for member in members
        ]
    return sorted(found, key=lambda one: (_ORDER[one.role], one.name.casefold(), one.person_id))


def colleague_of(practice_id: UUID, person_id: UUID) -> Colleague | None:
    """One of them; None for somebody who does not belong to the practice."""
    return next((one for one in people_of(practice_id) if one.person_id == person_id), None)


def people_of_the_network() -> list[Colleague]:
    """The network's own staff: admins first, then by name."""
    with control_plane():
        staff = (
            Person.objects.exclude(network_role="")
            .annotate(used=Greatest("last_login", Max("sessions__last_seen_at")), proves=_factor_of("pk"))
            .order_by("network_role", "name", "id")
        )
        return [
            Colleague(
                person_id=person.id,
                name=person.name,
                email=person.email,
                role=person.network_role,
                role_name=person.get_network_role_display(),
                since=person.created_at,
                last_seen=person.used,
                second_factor=person.proves,
            )
            for person in staff
        ]


def _factor_of(person_id: str) -> Exists:
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return Exists(factors.filter(user_id=OuterRef(person_id)))
