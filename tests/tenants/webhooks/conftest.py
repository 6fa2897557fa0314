"""A program that Aurora let in, a receiver of its own, and an address where it is told."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest
import time_machine

from core.outbox.consumers import Happened
from infra import jobs
from tenants.webhooks import serve as serving
from tenants.webhooks.add import add_endpoint
from tenants.webhooks.queue import queue
from tenants.webhooks.serve import serve
from tests.receiver import Receiver, listening
from tests.tenants.partners import let_in, registered

assert jobs.webhooks, "whoever is told hears of the outbox"


class Clock:
    """What time it is. The package that verifies compares with the real time, so it begins there."""

    def __init__(self) -> None:
        self.now = datetime.now(UTC)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def receiver(settings) -> Iterator[Receiver]:
    settings.WEBHOOK_LOOPBACK = True
    with listening() as one:
        yield one


@pytest.fixture
def program(db):
    return registered()[0]


@pytest.fixture
def grant(program, aurora, person):
    return let_in(program, aurora, person("Olivia"))


KINDS = ("patient.enrolled", "patient.changed", "location.changed")


@pytest.fixture
def added(grant, receiver, in_aurora, clock):
    """The endpoint and its secret."""
    return add_endpoint(grant_id=grant.id, url=receiver.url, kinds=KINDS, now=clock())


@pytest.fixture
def endpoint(added):
    return added.endpoint


@pytest.fixture
def tell(endpoint, clock):
    """Serve the address once, as a worker would."""

    def once() -> int:
        with time_machine.travel(clock(), tick=False):
            return serve(endpoint_id=endpoint.id, clock=clock)

    return once


@pytest.fixture
def happens(endpoint, clock):
    numbers = iter(range(1, 10_000))

    def event(kind: str = "patient.enrolled", record: UUID | None = None) -> None:
        happened = Happened(
            number=next(numbers),
            kind=kind,
            record_kind=kind.split(".")[0],
            record_id=record or uuid4(),
            ids={},
            happened_at=clock(),
        )
        queue(happened, now=clock())

    return event


@pytest.fixture
def sent(monkeypatch) -> list[str]:
    """The addresses for which a worker was sent for."""
    asked: list[str] = []
    monkeypatch.setattr(serving.serve_one, "apply_async", lambda kwargs: asked.append(kwargs["endpoint_id"]))
    return asked
