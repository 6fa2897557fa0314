"""When messages go out: at once after they are queued, in the morning when they were held, again when it failed."""

from uuid import UUID

from django.utils import timezone

from core.jobs import enqueue, network_job, practice_job
from core.outbox.consumers import Happened, consumer
from core.tenancy.scope import current_practice, practice_scope
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import QUEUED
from loyalty.messages.sweep import anything_waits, due, give_up_abandoned
from tenants.refs import active_practices


@consumer(QUEUED)
def send_soon(happened: Happened) -> None:
    """Events are delivered in a transaction, and a message must be claimed in one of its own: so by a job."""
    enqueue(send_one, practice_id=current_practice().id, swept=True, message_id=str(happened.record_id))


@practice_job("messages.send")
def send_one(message_id: str) -> None:
    deliver(message_id=UUID(message_id), now=timezone.now())


@practice_job("messages.send_due")
def send_due() -> int:
    """Send what is due in this practice; returns how many messages were looked at."""
    give_up_abandoned(now=timezone.now())
    waiting = due(now=timezone.now())
    for message_id in waiting:
        deliver(message_id=message_id, now=timezone.now())
    return len(waiting)


@network_job("messages.send_due_everywhere")
def send_due_everywhere() -> int:
    """Ask every active practice where something waits to; returns how many those are."""
    asked = 0
    for practice in active_practices():
        with practice_scope(practice):
            if anything_waits(now=timezone.now()):
                enqueue(send_due, practice_id=practice.id)
                asked += 1
    return asked
