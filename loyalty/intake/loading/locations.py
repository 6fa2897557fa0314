"""The practice's sites, and on which day a visit falls at each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from core.errors import DomainError
from loyalty.intake.fhir.plan import Batch
from loyalty.intake.fhir.rows import LocationRow, OrganizationRow
from loyalty.intake.loading.external_id import external_id
from loyalty.models import Location


@dataclass(frozen=True, slots=True)
class Site:
    id: UUID
    zone: ZoneInfo

    def day_of(self, moment: datetime) -> date:
        return moment.astimezone(self.zone).date()


@dataclass(frozen=True, slots=True)
class Sites:
    """main: where visits without a location are put. by_id: the others, by their id in the export."""

    main: Site
    by_id: dict[str, Site]

    def of(self, location_id: str | None) -> Site:
        return self.by_id.get(location_id or "", self.main)


def main_location() -> Location:
    """The oldest active location. Raises DomainError where the practice has none."""
    location = Location.objects.filter(is_active=True).order_by("created_at", "id").first()
    if location is None:
        raise DomainError("no_location", "The practice has no active location. Add one, then import again.")
    return location


def load_locations(batches: Iterable[Batch[LocationRow]], *, organization: OrganizationRow | None) -> Sites:
    """Adds locations that are new, in the time zone of the main one. What the practice has of them stays as it is.

    organization: of a practice that an export opened; its address becomes that of the main location.
    """
    main = main_location()
    if organization is not None and not main.external_id:
        main.external_id = external_id("Organization", organization.id)
        main.address = organization.address.line
        main.city = organization.address.city
        main.state = organization.address.state
        main.postal_code = organization.address.postal_code
        main.save()
    site = Site(main.id, ZoneInfo(main.time_zone))
    by_id: dict[str, Site] = {}
    for batch in batches:
        for _, row in batch:
            location, _ = Location.objects.get_or_create(
                external_id=external_id("Location", row.id),
                defaults={
                    "name": row.name,
                    "time_zone": main.time_zone,
                    "address": row.address.line,
                    "city": row.address.city,
                    "state": row.address.state,
                    "postal_code": row.address.postal_code,
                },
            )
            by_id[row.id] = Site(location.id, ZoneInfo(location.time_zone))
    return Sites(site, by_id)
