"""Open a practice: claim a schema, give it a name and a host, and let its owner in."""

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo, available_timezones

from django.db import transaction

from core.errors import DomainError
from core.models import PracticeSchema
from core.tenancy import standby
from core.tenancy.owner import has_owner
from core.tenancy.scope import PracticeRef, practice_scope
from tenants import hosts
from tenants.models import Domain, Membership, Person, Practice, Role

# What a new practice's own schema is filled with; the domains above this package register here (infra wires them).
Furnish = Callable[[PracticeRef, str], None]
_furnishers: list[Furnish] = []


def furnish_with(furnisher: Furnish) -> Furnish:
    """Register what runs inside every new practice's scope: `furnisher(practice, time_zone)`."""
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
    owner_email: str = "",
    owner_name: str = "",
) -> Practice:
    """The new practice, open for work. Everything or nothing. `joined_on` is today there unless given.

    Raises DomainError: slug_taken, slug_shape, time_zone_unknown, name_missing.
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
            joined_on=joined_on or now.astimezone(ZoneInfo(time_zone)).date(),
        )
        practice.save()
        Domain.objects.create(domain=hosts.host_of(slug), tenant=practice, is_primary=True)
        if owner_email:
            _let_in(practice=practice, email=owner_email, name=owner_name)
        with practice_scope(practice.ref):
            for furnisher in _furnishers:
                furnisher(practice.ref, time_zone)
    hosts.forget(hosts.host_of(slug))
    return practice


def _check(*, name: str, slug: str, time_zone: str) -> None:
    if not name.strip():
        raise DomainError("name_missing", "Give the practice a name.", field="name")
    if (
        not slug
        or slug.strip("abcdefghijklmnopqrstuvwxyz0123456789-")
        or slug[0] == "-"
        or slug[-1] == "-"
        or len(slug) > 40
    ):
        raise DomainError(
            "slug_shape",
            "The address may hold lower-case letters, digits and hyphens inside, 40 at most.",
            field="slug",
        )
    if Practice.objects.filter(slug=slug).exists() or slug in RESERVED:
        raise DomainError("slug_taken", f"The address “{slug}” is taken. Choose another.", field="slug")
    if time_zone not in available_timezones():
        raise DomainError(
            "time_zone_unknown",
            f"“{time_zone}” is not a time zone. Use a name such as America/Chicago.",
            field="time_zone",
        )


# Host names that a practice must not be able to stand in for.
RESERVED = frozenset(
    {"www", "api", "admin", "network", "console", "mail", "static", "status", "help", "login", "account", "app"}
)


def _let_in(*, practice: Practice, email: str, name: str) -> None:
    person = Person.objects.filter(email=email.strip().lower()).first()
    if person is None:
        person = Person.objects.create_user(email, None, name=name or email)
    Membership.objects.create(person=person, practice=practice, role=Role.OWNER)
