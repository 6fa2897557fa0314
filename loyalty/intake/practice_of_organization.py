"""Finds or opens the practice that an organization of an export becomes."""

from collections.abc import Iterator
from datetime import datetime
from hashlib import sha256

from core.tenancy.scope import practice_scope
from loyalty.intake.fhir.rows import OrganizationRow
from loyalty.intake.loading.external_id import external_id
from loyalty.models import Location
from tenants.actions.open_practice import open_practice
from tenants.models import Practice
from tenants.slugs import LONGEST, RESERVED, slug_of

_PROVIDERS_OF_A_SMALL, _PROVIDERS_OF_A_MEDIUM = 3, 8


def practice_of_organization(
    organization: OrganizationRow, *, providers: int, time_zone: str, now: datetime
) -> tuple[Practice, bool]:
    """The practice, and whether it was opened now. A second import finds it by its main location's external id.

    A practice of the same address that somebody opened by hand is somebody else: the next address is tried.
    Raises DomainError as open_practice does.
    """
    for slug in slugs_of(organization):
        known = Practice.objects.filter(slug=slug).first()
        if known is None:
            return _open(organization, slug=slug, providers=providers, time_zone=time_zone, now=now), True
        with practice_scope(known.ref):
            if Location.objects.filter(external_id=external_id("Organization", organization.id)).exists():
                return known, False
    raise AssertionError("the last address holds a digest of the id, which nobody else has")


def slugs_of(organization: OrganizationRow) -> Iterator[str]:
    """Addresses to try, the most readable first: name, name and city, name and a digest of the id."""
    name = slug_of(name_of(organization)) or "practice"
    city = slug_of(organization.address.city)
    digest = sha256(organization.id.encode()).hexdigest()
    if name not in RESERVED:
        yield name
    if city and not name.endswith(city):
        yield _joined(name, city)
    yield _joined(name, digest[:4])
    yield _joined(name, digest[:12])


def name_of(organization: OrganizationRow) -> str:
    """The name without the dashes and commas that exports leave at its end."""
    return organization.name.strip(" -,;") or organization.name


def _joined(name: str, suffix: str) -> str:
    suffix = suffix[: LONGEST // 2].strip("-")
    return f"{name[: LONGEST - len(suffix) - 1].rstrip('-')}-{suffix}"


def _open(organization: OrganizationRow, *, slug: str, providers: int, time_zone: str, now: datetime) -> Practice:
    return open_practice(
        name=name_of(organization),
        slug=slug,
        time_zone=time_zone,
        region=organization.address.state,
        size_band=_size_band(providers),
        joined_on=now.date(),
        now=now,
    )


def _size_band(providers: int) -> str:
    if providers == 0:
        return ""
    if providers <= _PROVIDERS_OF_A_SMALL:
        return "small"
    return "medium" if providers <= _PROVIDERS_OF_A_MEDIUM else "large"
