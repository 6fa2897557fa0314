"""An address is served by one worker at a time; a worker is sent for where none is at work; a dead one is followed."""

from uuid import uuid4

from django.utils import timezone

from tenants.webhooks import serve as serving
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.outgoing import LEASE, take_up
from tenants.webhooks.serve import serve, to_be_served


def test_two_workers_never_serve_one_address_at_once(happens, receiver, clock, endpoint):
    happens()
    happens()
    WebhookEndpoint.objects.update(served_until=clock() + LEASE, served_by=uuid4())
    assert serve(endpoint_id=endpoint.id, clock=clock) == 0
    assert receiver.heard == []
    assert to_be_served(now=clock()) == []


def test_a_worker_is_sent_for_once_and_not_where_one_is_at_work(
    happens, sent, endpoint, clock, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        happens()
    assert sent == [str(endpoint.id)]
    WebhookEndpoint.objects.update(served_until=timezone.now() + LEASE, served_by=uuid4())
    with django_capture_on_commit_callbacks(execute=True):
        happens()
    assert sent == [str(endpoint.id)]


def test_what_comes_while_a_worker_lets_go_is_asked_for_by_that_worker(
    happens, sent, endpoint, clock, receiver, monkeypatch, django_capture_on_commit_callbacks
):
    """Nobody else asks: what comes is told of a moment before, while the address was still this worker's."""
    happens()
    let_go = serving._end

    def slowly(*args):
        WebhookDelivery.objects.create(
            endpoint=endpoint, event_number=99, kind="patient.enrolled", record_id=uuid4(), happened_at=clock(),
            queued_at=clock(), next_try_at=clock(),
        )  # fmt: skip
        let_go(*args)

    monkeypatch.setattr(serving, "_end", slowly)
    with django_capture_on_commit_callbacks(execute=True):
        assert serve(endpoint_id=endpoint.id, clock=clock) == 1
    assert sent == [str(endpoint.id)]


def test_what_a_dead_worker_took_up_is_told_again_once_its_time_is_over(happens, tell, receiver, clock, endpoint):
    happens()
    me = uuid4()
    WebhookEndpoint.objects.update(served_until=clock() + LEASE, served_by=me)
    assert take_up(endpoint.id, by=me, now=clock()) is not None
    assert tell() == 0
    clock.pass_by(seconds=LEASE.total_seconds())
    assert to_be_served(now=clock()) == [endpoint.id]
    assert tell() == 1
    assert WebhookDelivery.objects.get().tries == 2
    assert take_up(endpoint.id, by=me, now=clock()) is None
