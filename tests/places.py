"""Practices that a test opens for itself, because it must commit or use threads; gone when it ends."""

import secrets
from datetime import date

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.db import connections
from django.test import Client
from django.utils import timezone

from core.models import PracticeSchema
from core.tenancy.scope import PracticeRef
from tenants import hosts
from tenants.actions.attest_agreement import attest_agreement
from tenants.actions.open_practice import open_practice
from tenants.models import Membership, PartnerApplication, PartnerGrant, Person, Practice
from tenants.sessions import Binding
from tests.apps import give_app
from tests.buying import forget_buying
from tests.cast import NOW


def open_place(
    *, region: str = "West", size_band: str = "small", time_zone: str = "America/Chicago", agreed: bool = True
) -> PracticeRef:
    """A practice that may hold patients; with agreed=False its business associate agreement is still to be accepted."""
    slug = f"t{secrets.token_hex(4)}"
    practice = open_practice(
        name=f"Practice {slug}",
        slug=slug,
        time_zone=time_zone,
        region=region,
        size_band=size_band,
        joined_on=date(2024, 1, 1),
        now=NOW,
    )
    if agreed:
        attest_agreement(practice=practice, attested="the test, 2026-11-23", aggregation=False, now=NOW)
    return practice.ref


def drop_place(place: PracticeRef) -> None:
    connections["default"].set_schema_to_public()
    PartnerGrant.objects.filter(practice_id=place.id).delete()
    # What such a test registered is the whole network's; nobody else's test may find it.
    PartnerApplication.objects.filter(grants__isnull=True).delete()
    forget_buying()
    Practice.objects.filter(id=place.id).delete()
    drop_schema(place.schema_name)


def drop_schema(schema_name: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'DROP SCHEMA IF EXISTS "{schema_name}" CASCADE')
        cursor.execute(f'DROP ROLE IF EXISTS "{schema_name}"')
    PracticeSchema.objects.using("owner").filter(schema_name=schema_name).delete()


def client_of(person: Person, *, at: str, second_factor: bool = True) -> Client:
    """A client with a session of `person`, bound to the practice with slug `at`; "" is the network host.

    second_factor: whether they have one, and showed it.
    """
    if second_factor:
        give_app(person)
    client = Client(SERVER_NAME=hosts.host_of(at) if at else settings.NETWORK_HOST)
    session = client.session
    session[SESSION_KEY] = str(person.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
    session[HASH_SESSION_KEY] = person.get_session_auth_hash()
    practice = Practice.objects.get(slug=at) if at else None
    membership = Membership.objects.filter(person=person, practice=practice, ended_at__isnull=True).first()
    session.bind(
        Binding(
            signed_in_at=timezone.now(),
            second_factor_at=timezone.now() if second_factor else None,
            practice_id=practice.id if practice else None,
            membership_id=membership.id if membership else None,
        )
    )
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    return client


def admin_of_network(*, password: str) -> Person:
    """A new admin of the network, without a second factor yet. They go when the test deletes them."""
    return Person.objects.create_user(
        f"{secrets.token_hex(6)}@example.com", password, name="Nadia Nord", network_role="network_admin"
    )


def owner_of(place: PracticeRef, *, password: str | None = None) -> Person:
    """A new person who owns `place`. They go when the test deletes them."""
    person = Person.objects.create_user(f"{secrets.token_hex(6)}@example.com", password, name="Wanda Winter")
    Membership.objects.create(person=person, practice_id=place.id, role="owner")
    return person
