"""The stand-in of Stripe in tests: what people press on its pages, and the way its events come to us."""

from copy import deepcopy
from typing import Any

import requests
from django.conf import settings
from django.test import Client
from django.utils import timezone

from billing.gateway import gateway
from infra.fakes.stripe import events
from infra.fakes.stripe.server import Server
from infra.fakes.stripe.state import State
from infra.fakes.stripe.subscriptions import tick

KEY, SECRET, OLD_SECRET = "sk_test_stand_in", "whsec_now", "whsec_before"
DAY = 86_400
URL = "/billing/stripe/"
_SOLD: dict[str, Any] = {}


class Stripe:
    """A server of one test."""

    def __init__(self) -> None:
        self.server = Server(State()).begin()
        self.state = self.server.state

    def close(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def set_up(self) -> None:
        """What is sold; made once in a process, and the same for every test."""
        if not _SOLD:
            gateway().set_up()
            _SOLD.update(deepcopy(self.state.things))
        self.state.things = deepcopy(_SOLD)
        self.state.events.clear()

    def forward(self, *, days: float) -> None:
        """Its clock moves, and it does what is due."""
        with self.state.lock:
            self.state.ahead += int(days * DAY)
            tick(self.state)

    @staticmethod
    def press(url: str, **pressed: str) -> requests.Response:
        """A button of one of its pages; the answer, not followed."""
        return requests.post(url, data=pressed, allow_redirects=False, timeout=20)

    def kinds(self) -> list[str]:
        return [one["type"] for one in self.state.events]

    def take(self) -> list[dict[str, Any]]:
        """The events that nobody was told of, in order; they count as brought."""
        waiting = events.waiting(self.state)
        self.state.sent += [one["id"] for one in waiting]
        return waiting

    def only(self, kind: str) -> dict[str, Any]:
        """The one object of a kind."""
        (found,) = self.state.of(kind).values()
        return found


def bring(event: dict[str, Any], *, at: int | None = None, secret: str = SECRET, body: bytes | None = None) -> int:
    """POST an event to the network's host, signed now unless `at` says otherwise; the status."""
    raw = events.body_of(event) if body is None else body
    now = int(timezone.now().timestamp())
    signed = events.signature(events.body_of(event), secret=secret, at=now if at is None else at)
    client = Client(SERVER_NAME=settings.NETWORK_HOST)
    answer = client.post(URL, raw, content_type="application/json", headers={"Stripe-Signature": signed})
    return int(answer.status_code)
