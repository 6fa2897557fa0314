"""Open a practice: claim a schema, give it a name and a host, and invite its first owner."""

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.models import PracticeSchema
from core.tenancy import standby
from core.tenancy.owner import has_owner
from core.tenancy.scope import practice_scope
from tenants import hosts
from tenants.actions.invite import invite
from tenants.actions.take_up import take_up
from tenants.models import Domain, PartnerApplication, Practice, Role
from tenants.principal import Principal
from tenants.slugs import is_free, is_well_formed

# What a new practice's own schema is filled with; the domains above this package register here (infra wires them).
Furnish = Callable[[Practice], None]
_furnishers: list[Furnish] = []


def furnish_with(furnisher: Furnish) -> Furnish:
    """Register what runs inside every new practice's scope: `furnisher(practice)`."""
    if furnisher not in _furnishers:
        _furnishers.append(furnisher)
    return furnisher


def open_practice(
    *,
    name: str,
    slug: str,
    time_zone: str,
    now: datetime,
    joined_on: date | None = None,
    region: str = "",
    size_band: str = "",
    practice_type: str = "",
    address: str = "",
    city: str = "",
    state: str = "",
    postal_code: str = "",
    owner_email: str = "",
    owner_name: str = "",
    application_id: UUID | None = None,
    sandbox_of: PartnerApplication | None = None,
    by: Principal | None = None,
) -> Practice:
    """The new practice, open for work, with its first owner invited. Everything or nothing.

    joined_on: today there unless given. application_id: the application that this answers. sandbox_of: whose sandbox it
    is. by: None for an operator.

    Raises DomainError: slug_taken, slug_shape, time_zone_unknown, name_missing; Conflict where the application was
    answered meanwhile.
    Raises standby.NoneReady where no schema stands ready and this process may not make one.
    """
    _check(name=name, slug=slug, time_zone=time_zone)
    if has_owner() and not PracticeSchema.objects.filter(state=PracticeSchema.State.READY).exists():
        standby.make()
    with transaction.atomic():
        practice = Practice(
            schema_name=standby.claim(),
            name=name.strip(),
            slug=slug,
            time_zone=time_zone,
            region=region,
            size_band=size_band,
            practice_type=practice_type,
            address=address.strip(),
            city=city.strip(),
            state=state.strip(),
            postal_code=postal_code.strip(),
            sandbox_of=sandbox_of,
            joined_on=joined_on or now.astimezone(ZoneInfo(time_zone)).date(),
        )
        practice.save()
        Domain.objects.create(domain=hosts.host_of(slug), tenant=practice, is_primary=True)
        audit.record("practice.opened", subject=practice, practice_id=practice.id)
        with practice_scope(practice.ref):
            for furnisher in _furnishers:
                furnisher(practice)
        if application_id is not None:
            take_up(application_id=application_id, practice=practice, by=by, now=now)
        if owner_email:
            invite(
                email=owner_email, name=owner_name or owner_email, role=Role.OWNER, practice=practice, by=by, now=now
            )
    hosts.forget(hosts.host_of(slug))
    return practice


def _check(*, name: str, slug: str, time_zone: str) -> None:
    if not name.strip():
        raise DomainError("name_missing", "Give the practice a name.", field="name")
    if not is_well_formed(slug):
        raise DomainError(
            "slug_shape",
            "The address may hold lower-case letters, digits and hyphens inside, 40 at most.",
            field="slug",
        )
    if not is_free(slug):
        raise DomainError("slug_taken", f"The address “{slug}” is taken. Choose another.", field="slug")
    if time_zone not in available_timezones():
        raise DomainError(
            "time_zone_unknown",
            f"“{time_zone}” is not a time zone. Use a name such as America/Chicago.",
            field="time_zone",
        )
