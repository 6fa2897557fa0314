from datetime import date

import pytest
from django.core import mail
from django.core.management import CommandError, call_command

from core.errors import DomainError
from core.models import NetworkEntry, PracticeSchema
from core.tenancy import standby
from core.tenancy.scope import practice_scope
from loyalty.models import Location
from tenants.actions import open_practice as action
from tenants.models import Domain, Invitation, Membership, Person, Practice
from tests.cast import NOW
from tests.places import drop_place, drop_schema

FIELDS = {
    "name": "Cirrus Clinic",
    "slug": "cirrus",
    "time_zone": "America/Denver",
    "joined_on": date(2026, 11, 23),
    "now": NOW,
}


@pytest.fixture
def one_ready(committed):
    name = standby.make()
    yield name
    if PracticeSchema.objects.filter(schema_name=name).exists():
        drop_schema(name)


def test_opening_claims_a_ready_schema_and_gives_it_a_host(open_place, one_ready):
    place = open_place()
    assert PracticeSchema.objects.get(schema_name=place.schema_name).state == "claimed"
    assert Domain.objects.get(tenant_id=place.id).domain == f"{place.slug}.perennial.localhost"


def test_a_new_practice_has_its_first_location_in_its_time_zone(open_place):
    place = open_place(time_zone="America/Denver")
    with practice_scope(place):
        assert [(one.name, one.time_zone) for one in Location.objects.all()] == [(place.name, "America/Denver")]


def test_the_first_owner_is_invited_and_nobody_makes_a_password_for_them(open_place, committed):
    standby.make()
    practice = action.open_practice(**FIELDS, owner_email="Dana@Example.com", owner_name="Dana Deal")
    try:
        invitation = Invitation.objects.get(practice=practice)
        assert (invitation.role, invitation.email, invitation.name) == ("owner", "dana@example.com", "Dana Deal")
        assert "cirrus.perennial.localhost" in mail.outbox[-1].body
        assert not Membership.objects.filter(practice=practice).exists()
        assert not Person.objects.filter(email="dana@example.com").exists()
    finally:
        drop_place(practice.ref)


def test_its_postal_address_is_that_of_its_first_location(committed):
    standby.make()
    practice = action.open_practice(
        **FIELDS, practice_type="medspa", address="1 Main St", city="Denver", state="CO", postal_code="80202"
    )
    try:
        with practice_scope(practice.ref):
            place = Location.objects.get()
        assert (place.address, place.city, place.state, place.postal_code) == ("1 Main St", "Denver", "CO", "80202")
    finally:
        drop_place(practice.ref)


def test_opening_is_in_the_networks_trail(open_place):
    place = open_place()
    assert NetworkEntry.objects.filter(verb="practice.opened", practice_id=place.id, subject_id=place.id).count() == 1


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"slug": "aurora"}, "slug_taken"),
        ({"slug": "www"}, "slug_taken"),
        ({"slug": "Upper"}, "slug_shape"),
        ({"slug": "-x"}, "slug_shape"),
        ({"slug": ""}, "slug_shape"),
        ({"slug": "a.b"}, "slug_shape"),
        ({"slug": "a" * 41}, "slug_shape"),
        ({"name": "  "}, "name_missing"),
        ({"time_zone": "Mars/Olympus"}, "time_zone_unknown"),
    ],
)
def test_what_cannot_be_opened_says_why_and_changes_nothing(db, wrong, code):
    before = Practice.objects.count(), PracticeSchema.objects.filter(state="claimed").count()
    with pytest.raises(DomainError) as refused:
        action.open_practice(**{**FIELDS, **wrong})
    assert refused.value.code == code
    assert (Practice.objects.count(), PracticeSchema.objects.filter(state="claimed").count()) == before


def test_without_a_ready_schema_and_without_the_owner_it_says_what_to_run(db, monkeypatch):
    monkeypatch.setattr(action, "has_owner", lambda: False)
    PracticeSchema.objects.filter(state="ready").delete()
    with pytest.raises(standby.NoneReady, match="ready_schemas"):
        action.open_practice(**FIELDS)


def test_the_command_says_what_is_wrong(db):
    with pytest.raises(CommandError, match="is taken"):
        call_command("open_practice", "aurora", name="Another Aurora")
