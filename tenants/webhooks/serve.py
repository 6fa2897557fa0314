"""An address is told what waits for it: by one worker at a time, one after the other, each in transactions of its own.

Taken up, sent, settled: the sending is in no transaction. A worker that dies in between leaves what it took up waiting;
when its time is over another one sends it again, with the same id.
"""

import time
from collections.abc import Callable
from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from core.errors import DomainError
from core.jobs import enqueue, practice_job
from core.tenancy.scope import current_practice
from tenants.webhooks import post as sending
from tenants.webhooks.models import DeliveryState, WebhookDelivery, WebhookEndpoint
from tenants.webhooks.outgoing import LEASE, Outgoing, due, take_up
from tenants.webhooks.settle import settle
from tenants.webhooks.target import target_of

# After this many seconds others get their turn at the worker.
TURN = 30.0
Clock = Callable[[], datetime]


def serve_soon(endpoint_id: UUID) -> None:
    """Once the transaction commits; the sweep finds what was not sent."""
    practice_id = current_practice().id

    def send() -> None:
        # Whoever has the address asks once more after letting it go, and so finds what is committed by now.
        if _may_be_served(endpoint_id, now=timezone.now()):
            enqueue(serve_one, practice_id=practice_id, swept=True, endpoint_id=str(endpoint_id))

    transaction.on_commit(send, robust=True)


@practice_job("webhooks.serve")
def serve_one(endpoint_id: str) -> int:
    """Returns how many tries were made."""
    return serve(endpoint_id=UUID(endpoint_id), clock=timezone.now)


def serve(*, endpoint_id: UUID, clock: Clock) -> int:
    """Tell an address what is due; returns how many tries were made, none where another worker has it."""
    me, until, tries = uuid4(), time.monotonic() + TURN, 0
    if not _begin(endpoint_id, me, now=clock()):
        return 0
    try:
        while time.monotonic() < until:
            outgoing = take_up(endpoint_id, by=me, now=clock())
            if outgoing is None:
                break
            tries += 1
            settle(endpoint_id, outgoing.delivery_id, _sent(outgoing), now=clock())
    finally:
        _end(endpoint_id, me)
    if due(endpoint_id, now=clock()).exists():
        # Its turn is over, or something came while it was let go.
        serve_soon(endpoint_id)
    return tries


def to_be_served(*, now: datetime) -> list[UUID]:
    """Addresses of this practice for which something is due, and that nobody serves."""
    waiting = WebhookDelivery.objects.filter(state=DeliveryState.WAITING, next_try_at__lte=now).values("endpoint_id")
    return list(_free(now).filter(id__in=waiting).order_by("id").values_list("id", flat=True))


def _sent(outgoing: Outgoing) -> sending.Answer:
    try:
        target = target_of(outgoing.url)
    except DomainError as error:
        # It was one when it was added, and the rules have changed since.
        return sending.Answer(None, error.code)
    return sending.post(target, headers=outgoing.headers, body=outgoing.body)


def _free(now: datetime) -> QuerySet[WebhookEndpoint]:
    return WebhookEndpoint.objects.filter(
        Q(served_until__isnull=True) | Q(served_until__lte=now),
        Q(rests_until__isnull=True) | Q(rests_until__lte=now),
        off_at__isnull=True,
    )


def _may_be_served(endpoint_id: UUID, *, now: datetime) -> bool:
    return _free(now).filter(id=endpoint_id).exists()


def _begin(endpoint_id: UUID, me: UUID, *, now: datetime) -> bool:
    """One statement: of two workers at once, one waits for the other's row and then finds it taken."""
    return bool(_free(now).filter(id=endpoint_id).update(served_until=now + LEASE, served_by=me))


def _end(endpoint_id: UUID, me: UUID) -> None:
    WebhookEndpoint.objects.filter(id=endpoint_id, served_by=me).update(served_until=None, served_by=None)
