"""The first steps are ticked off by facts, and the list goes when it is done or set aside."""

import pytest
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.models import Location, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tenants.models import Practice
from tests.places import client_of, owner_of


@pytest.fixture
def place(open_place):
    return open_place()


@pytest.fixture
def owner(place):
    person = owner_of(place)
    yield client_of(person, at=place.slug)
    person.delete()


def left(client):
    return [step.title for step in client.get("/getting-started/").context["steps"] if not step.is_done]


def test_a_new_practice_is_told_its_next_step_on_today(owner, words):
    assert "Getting started: Give your location its postal address" in words(owner.get("/"))


def test_each_step_is_ticked_off_by_facts(owner, place):
    assert len(left(owner)) == 5
    with practice_scope(place):
        Location.objects.update(address="1 Main St")
        provider = Staff.objects.create(display_name="Dr. Sato", role="provider")
    assert len(left(owner)) == 3
    with practice_scope(place):
        now = timezone.now()
        patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
        visit = walk_in(patient_id=patient.id, location_id=Location.objects.get().id, staff_id=provider.id, now=now)
        complete(visit_id=visit.id, now=now)
    assert left(owner) == ["Write the first note"]
    with practice_scope(place):
        Touchpoint.objects.filter(kind="note").update(state="done", done_at=now)
    assert left(owner) == []


def test_a_list_that_is_done_is_gone_from_today(owner, place, words):
    test_each_step_is_ticked_off_by_facts(owner, place)
    assert "Getting started" not in words(owner.get("/"))
    assert Practice.objects.get(id=place.id).getting_started_aside_at is not None


def test_the_address_is_entered_from_the_list(owner, place, words):
    step = owner.get("/getting-started/").context["next"]
    assert step.go == "Enter the address"
    sent = {"name": "Downtown", "address": "1 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}
    assert owner.post(step.href, sent).headers["Location"].startswith("/getting-started/")
    with practice_scope(place):
        assert Location.objects.get().address == "1 Main St"
    assert "Invite who treats patients" in words(owner.get("/"))


def test_it_can_be_set_aside(owner, words):
    assert owner.post("/getting-started/aside/").headers["Location"] == "/"
    assert "Getting started" not in words(owner.get("/"))


def test_the_front_desk_is_not_bothered_with_it(sign_in, aurora, words):
    Practice.objects.filter(id=aurora.id).update(getting_started_aside_at=None)
    frank = sign_in("Frank", at="aurora")
    assert "Getting started" not in words(frank.get("/"))
    assert frank.get("/getting-started/").status_code == 404
