"""Fixtures for the fixed cast (tests/cast.py). The database is a copy made by tests/servers.py."""

from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connections
from django.test import Client

from core import audit
from core.tenancy import standby
from core.tenancy.scope import PracticeRef, practice_scope
from tenants import announcements, hosts
from tenants.models import Person, Practice
from tests import places
from tests.cast import NOW, email
from tests.permissions.records import ids  # noqa: F401  a fixture


@pytest.fixture(scope="session")
def django_db_setup() -> None:
    """Nothing to make: tests/servers.py gave this process a migrated copy with the cast in it."""


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """What processes remember between requests: hosts, and how often somebody tried to sign in."""
    hosts.forget()
    announcements.forget()
    cache.clear()
    yield
    hosts.forget()


@pytest.fixture(autouse=True)
def _a_test_asks() -> Iterator[None]:
    """What a test does itself is done by an operator; whatever a request or a job does has its own asker."""
    with audit.asking(audit.Asker.operator("test")):
        yield


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
    return lambda first_name, *, at: places.client_of(Person.objects.get(email=email(first_name)), at=at)


@pytest.fixture
def stranger_client(db: None) -> Callable[[str], Client]:
    """A client that is not signed in: stranger_client("aurora")."""
    return lambda at: Client(SERVER_NAME=hosts.host_of(at) if at else settings.NETWORK_HOST)


@pytest.fixture
def committed(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The database without a transaction around the test. Use only `open_place`d practices, never the cast's."""
    with django_db_blocker.unblock():
        yield
        connections.close_all()


@pytest.fixture
def two_ready(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Two schemas stand ready, as a worker keeps them: made before the test's transaction begins."""
    with django_db_blocker.unblock():
        names = [standby.make() for _ in range(2)]
        connections.close_all()
    yield
    with django_db_blocker.unblock():
        for name in names:
            places.drop_schema(name)
        connections.close_all()


@pytest.fixture
def open_place(committed: None) -> Iterator[Callable[..., PracticeRef]]:
    """Opens practices that end with the test: open_place(region="South")."""
    opened: list[PracticeRef] = []

    def one(**fields: str) -> PracticeRef:
        opened.append(places.open_place(**fields))
        return opened[-1]

    yield one
    for place in opened:
        places.drop_place(place)
