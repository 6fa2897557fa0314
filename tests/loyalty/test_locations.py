"""A practice adds a location, closes one for good, and opens it again."""

import uuid
from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from loyalty.locations.add_location import add_location
from loyalty.locations.close_location import close_location, reopen_location
from loyalty.models import Kiosk, Location
from loyalty.visits.book import book

PLACE = {"time_zone": "America/Denver", "address": "1 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}


@pytest.fixture
def second(in_aurora):
    return add_location(name="Second", **PLACE)


def test_a_location_is_added_with_its_own_time_zone_and_is_in_the_trail(in_aurora, second):
    kept = Location.objects.get(name="Second")
    assert (kept.is_active, kept.time_zone, kept.postal_code) == (True, "America/Denver", "80202")
    assert Entry.objects.get(verb="location.added").subject_id == second.id


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "sECOND"}, "name"),
        ({"time_zone": "Denver"}, "time_zone"),
        ({"city": "a\0"}, "city"),
    ],
)
def test_what_cannot_be_is_refused_with_its_field(in_aurora, second, change, field):
    with pytest.raises(DomainError) as refused:
        add_location(**{"name": "Third", **PLACE, **change})
    assert refused.value.field == field
    assert Location.objects.count() == 2


def test_the_last_one_stays_open(in_aurora, now):
    with pytest.raises(Conflict) as refused:
        close_location(location_id=Location.objects.get().id, now=now)
    assert refused.value.code == "location_last"
    assert Location.objects.get().is_active


def test_a_closed_one_is_offered_no_longer_and_comes_back(in_aurora, second, make_patient, now):
    close_location(location_id=second.id, now=now)
    with pytest.raises(DomainError):
        book(patient_id=make_patient().id, location_id=second.id, starts_at=now + timedelta(days=3), now=now)
    with pytest.raises(Conflict) as refused:
        close_location(location_id=second.id, now=now)
    assert refused.value.code == "location_settled"
    reopen_location(location_id=second.id)
    book(patient_id=make_patient().id, location_id=second.id, starts_at=now + timedelta(days=3), now=now)
    with pytest.raises(Conflict, match="is open already"):
        reopen_location(location_id=second.id)
    assert {e.verb for e in Entry.objects.filter(subject_id=second.id)} == {
        "location.added",
        "location.closed",
        "location.reopened",
    }


def test_where_somebody_is_awaited_it_is_told_how_many_and_stays_open(in_aurora, second, make_patient, now):
    book(patient_id=make_patient().id, location_id=second.id, starts_at=now + timedelta(days=3), now=now)
    with pytest.raises(Conflict, match="1 visit is booked at Second"):
        close_location(location_id=second.id, now=now)
    assert Location.objects.get(id=second.id).is_active


def test_where_a_tablet_asks_it_stays_open(in_aurora, second, now):
    Kiosk.objects.create(location=second, name="Desk", token_digest="x", enrolled_at=now)
    with pytest.raises(Conflict) as refused:
        close_location(location_id=second.id, now=now)
    assert refused.value.code == "location_asks"


def test_it_does_not_come_back_under_a_name_that_was_taken(in_aurora, second, now):
    close_location(location_id=second.id, now=now)
    add_location(name="Second", **PLACE)
    with pytest.raises(Conflict) as refused:
        reopen_location(location_id=second.id)
    assert refused.value.code == "location_exists"


def test_a_place_that_is_not_here_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        close_location(location_id=uuid.uuid4(), now=now)
    with pytest.raises(NotFound):
        reopen_location(location_id=uuid.uuid4())
