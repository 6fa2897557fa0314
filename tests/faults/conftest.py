"""Servers of our own to be killed, over the database of this test process."""

import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings

from core.tenancy.scope import PracticeRef
from tests import places
from tests.faults.desk import Desk, zone_of_the_morning
from tests.faults.running import Valkey, Web, Worker


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="perennial-faults-") as name:
        yield Path(name)


@pytest.fixture
def valkey(folder: Path) -> Iterator[Valkey]:
    server = Valkey(folder=folder)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def environment(valkey: Valkey) -> dict[str, str]:
    return {**os.environ, "BROKER_URL": valkey.url}


@pytest.fixture
def web(environment: dict[str, str], folder: Path) -> Iterator[Web]:
    server = Web(environment=environment, log=folder / "web.log")
    server.start()
    yield server
    server.kill()


@pytest.fixture
def worker(environment: dict[str, str], folder: Path) -> Iterator[Worker]:
    """Not started yet."""
    server = Worker(environment=environment, log=folder / "worker.log", heard=folder / "heard")
    yield server
    server.kill()


@pytest.fixture
def place(open_place) -> PracticeRef:
    return open_place(time_zone=zone_of_the_morning())


@pytest.fixture
def desk(place: PracticeRef, web: Web) -> Iterator[Desk]:
    owner = places.owner_of(place)
    cookie = places.client_of(owner, at=place.slug).cookies[settings.SESSION_COOKIE_NAME].value
    today = datetime.now(UTC).astimezone(ZoneInfo(zone_of_the_morning())).date()
    one = Desk(place=place, port=web.port, cookie=cookie, today=today)
    one.serving.set()
    yield one
    owner.delete()
