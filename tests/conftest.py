"""Fixtures for the fixed cast (tests/cast.py). The database is a copy made by tests/servers.py."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.test import Client

from core.tenancy.scope import PracticeRef, practice_scope
from tenants import hosts
from tenants.models import Person, Practice
from tenants.sign_in import SESSION_PRACTICE
from tests.cast import NOW, email


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to make: tests/servers.py gave this process a migrated copy with the cast in it."""


@pytest.fixture(autouse=True)
def _forget_hosts() -> Iterator[None]:
    hosts.forget()
    yield
    hosts.forget()


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def aurora(db: None) -> PracticeRef:
    return Practice.objects.get(slug="aurora").ref


@pytest.fixture
def borealis(db: None) -> PracticeRef:
    return Practice.objects.get(slug="borealis").ref


@pytest.fixture
def in_aurora(aurora: PracticeRef) -> Iterator[PracticeRef]:
    """The test runs inside Aurora's schema, as Aurora's role."""
    with practice_scope(aurora):
        yield aurora


@pytest.fixture
def person(db: None) -> Callable[[str], Person]:
    """One of the cast by first name: person("Olivia")."""
    return lambda first_name: Person.objects.get(email=email(first_name))


SignIn = Callable[..., Client]


@pytest.fixture
def sign_in(db: None) -> SignIn:
    """A client signed in as one of the cast: sign_in("Olivia", at="aurora"); at="" is the network host."""

    def signed_in(first_name: str, *, at: str) -> Client:
        client = Client(SERVER_NAME=hosts.host_of(at) if at else settings.NETWORK_HOST)
        someone = Person.objects.get(email=email(first_name))
        session = client.session
        session[SESSION_KEY] = str(someone.pk)
        session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[0]
        session[HASH_SESSION_KEY] = someone.get_session_auth_hash()
        session[SESSION_PRACTICE] = str(Practice.objects.get(slug=at).id) if at else ""
        session.save()
        client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
        return client

    return signed_in


@pytest.fixture
def stranger_client(db: None) -> Callable[[str], Client]:
    """A client that is not signed in: stranger_client("aurora")."""
    return lambda at: Client(SERVER_NAME=hosts.host_of(at) if at else settings.NETWORK_HOST)
