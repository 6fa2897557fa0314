"""When addresses are told: at once after something happened, when a try is due again, and after a crash."""

from django.utils import timezone

from core.jobs import enqueue, network_job
from core.outbox.consumers import Happened, consumer
from core.tenancy.scope import practice_scope
from tenants.refs import active_practices
from tenants.webhooks.event_types import events_told
from tenants.webhooks.forget import forget_ended, forget_ungranted
from tenants.webhooks.queue import queue
from tenants.webhooks.serve import serve_one, to_be_served
from tenants.webhooks.tell import tell_people, to_be_told


def queue_now(happened: Happened) -> None:
    queue(happened, now=timezone.now())


for _event in events_told():
    consumer(_event)(queue_now)


@network_job("webhooks.sweep")
def sweep() -> int:
    """Ask in every active practice for what is due; returns how many addresses have something."""
    found = 0
    for practice in active_practices():
        with practice_scope(practice):
            waiting, untold = to_be_served(now=timezone.now()), to_be_told()
        for endpoint_id in waiting:
            enqueue(serve_one, practice_id=practice.id, endpoint_id=str(endpoint_id))
        for endpoint_id in untold:
            enqueue(tell_people, practice_id=practice.id, endpoint_id=str(endpoint_id))
        found += len(waiting)
    return found


@network_job("webhooks.forget")
def forget() -> int:
    """Returns how many deliveries and addresses went."""
    gone = 0
    for practice in active_practices():
        with practice_scope(practice):
            gone += forget_ended(now=timezone.now()) + forget_ungranted()
    return gone
