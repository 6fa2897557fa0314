"""The practice's locations, by the names that a file may call them."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from loyalty.intake.loading.locations import Site, main_location
from loyalty.models import Import, Location


@dataclass(frozen=True, slots=True)
class Places:
    """main: where a visit is put whose row names no location. by_name: in lower case."""

    main: Site
    by_name: dict[str, Site]


def places_of(of: Import) -> Places:
    """Raises DomainError where the practice has no active location."""
    sites = {one.name.casefold(): _site(one) for one in Location.objects.order_by("-created_at", "-id")}
    chosen = of.location or main_location()
    return Places(_site(chosen), sites)


def _site(location: Location) -> Site:
    return Site(location.id, ZoneInfo(location.time_zone))
