"""Between taking up and settling, anything may happen to the delivery, the address, or the worker that had it."""

from uuid import uuid4

import pytest

from tenants.webhooks.models import DeliveryState, OffWhy, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.outgoing import LEASE, take_up
from tenants.webhooks.post import Answer
from tenants.webhooks.serve import serve
from tenants.webhooks.settle import settle

TAKEN, GONE = Answer(204), Answer(410)


@pytest.fixture
def me(endpoint, clock):
    """A worker that has the address."""
    id = uuid4()
    WebhookEndpoint.objects.update(served_until=clock() + LEASE, served_by=id)
    return id


@pytest.fixture
def taken_up(happens, endpoint, clock, me):
    happens()
    outgoing = take_up(endpoint.id, by=me, now=clock())
    assert outgoing is not None
    return outgoing


def delivery():
    return WebhookDelivery.objects.get()


def test_what_somebody_else_settled_meanwhile_stays_as_it_is(taken_up, endpoint, clock):
    """A slow worker comes back after another one delivered it: its own failure says nothing any more."""
    settle(endpoint.id, taken_up.delivery_id, TAKEN, now=clock())
    settle(endpoint.id, taken_up.delivery_id, GONE, now=clock())
    assert (delivery().state, delivery().status) == (DeliveryState.DELIVERED, 204)
    endpoint.refresh_from_db()
    assert (endpoint.off_at, endpoint.failures) == (None, 0)


def test_an_address_that_was_removed_meanwhile_is_let_go(taken_up, endpoint, clock):
    endpoint.delete()
    settle(endpoint.id, taken_up.delivery_id, TAKEN, now=clock())
    assert not WebhookDelivery.objects.exists()


def test_what_came_of_an_address_that_is_not_there_is_written_nowhere(taken_up, clock):
    settle(uuid4(), taken_up.delivery_id, GONE, now=clock())
    assert (delivery().state, delivery().status) == (DeliveryState.WAITING, None)


def test_an_address_that_was_switched_off_meanwhile_is_told_nothing_more(happens, endpoint, clock, me):
    happens()
    WebhookEndpoint.objects.update(off_at=clock(), off_why=OffWhy.BY_HAND)
    assert take_up(endpoint.id, by=me, now=clock()) is None
    assert (delivery().state, delivery().tries) == (DeliveryState.WAITING, 0)


@pytest.mark.usefixtures("me")
def test_a_worker_takes_up_nothing_of_an_address_that_another_has(happens, endpoint, clock):
    happens()
    assert take_up(endpoint.id, by=uuid4(), now=clock()) is None
    assert delivery().tries == 0


def test_a_worker_whose_time_was_over_leaves_the_address_to_whoever_has_it_now(happens, endpoint, clock, receiver):
    happens()
    happens()
    other, over = uuid4(), []

    def slow():
        if receiver.heard and not over:
            # While it waited for the receiver its time went by, and another one began: once, or it would hide that
            # the slow one lets go of what it has no more.
            over.append(True)
            WebhookEndpoint.objects.update(served_until=clock() + LEASE, served_by=other)
        return clock()

    assert serve(endpoint_id=endpoint.id, clock=slow) == 1
    assert len(receiver.heard) == 1
    endpoint.refresh_from_db()
    assert endpoint.served_by == other
