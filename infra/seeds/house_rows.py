"""The practice itself as rows: sites, staff, services."""

from uuid import UUID

from infra.seeds.house import House
from infra.seeds.tables import Table
from loyalty.models import Location, Service, Staff


def house_tables(house: House, *, people: dict[str, UUID]) -> list[Table]:
    """`people`: the ids of those who sign in, by email."""
    at = house.opened_at
    locations = Table(Location, "id created_at updated_at name time_zone address city state postal_code")
    for site in house.sites:
        town = site.town
        locations.add(site.id, at, at, site.name, town.time_zone, site.address, town.name, town.state, site.postal_code)
    staff = Table(Staff, "id created_at updated_at display_name role person_id")
    for worker in house.workers:
        person = people.get(worker.email)
        staff.add(worker.id, at, at, worker.name, worker.role, person.hex if person else None)
    services = Table(Service, "id created_at updated_at name preview aftercare return_days minutes")
    for service in house.services.values():
        offer = service.offer
        every = offer.every if offer.returns else None
        services.add(service.id, at, at, offer.name, offer.preview, offer.aftercare, every, offer.minutes)
    return [locations, staff, services]
