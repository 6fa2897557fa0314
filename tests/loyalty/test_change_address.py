"""A location gets its postal address."""

import uuid

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from loyalty.locations.change_address import change_address
from loyalty.models import Location

ADDRESS = {"address": "1 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}


def test_it_is_kept_and_in_the_trail(in_aurora):
    location = Location.objects.get()
    change_address(location_id=location.id, name="Downtown", **ADDRESS)
    kept = Location.objects.get()
    assert (kept.name, kept.address, kept.city, kept.state, kept.postal_code) == ("Downtown", *ADDRESS.values())
    assert kept.time_zone == location.time_zone
    assert Entry.objects.get(verb="location.changed").subject_id == location.id


def test_it_needs_a_name(in_aurora):
    with pytest.raises(DomainError) as refused:
        change_address(location_id=Location.objects.get().id, name=" ", **ADDRESS)
    assert refused.value.field == "name"


def test_it_does_not_take_the_name_of_another_open_location(in_aurora):
    first, other = Location.objects.get(), Location.objects.create(name="Harbor", time_zone="America/Denver")
    with pytest.raises(Conflict) as refused:
        change_address(location_id=first.id, name="HARBOR", **ADDRESS)
    assert (refused.value.code, refused.value.field) == ("location_exists", "name")
    assert Location.objects.get(id=first.id).name == first.name
    change_address(location_id=other.id, name="harbor", **ADDRESS)
    Location.objects.filter(id=other.id).update(is_active=False)
    change_address(location_id=first.id, name="Harbor", **ADDRESS)


def test_a_place_that_is_not_here_is_not_found(in_aurora):
    with pytest.raises(NotFound):
        change_address(location_id=uuid.uuid4(), name="Downtown", **ADDRESS)
