"""Delivering events: one transaction each, so that a consumer's rows and the delivery stand or fall together."""

from datetime import datetime, timedelta

import structlog
from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from core.jobs import enqueue, practice_job
from core.outbox.consumers import Happened, consumers_of
from core.outbox.first import first_of_each
from core.outbox.models import Event
from core.tenancy.scope import current_practice

# About two days from the first try to the last.
MOST_TRIES = 12
FIRST_WAIT = timedelta(seconds=20)
LONGEST_WAIT = timedelta(hours=12)
KEPT = timedelta(days=30)
BATCH = 200

log = structlog.get_logger(__name__)


@practice_job("outbox.deliver")
def deliver_due() -> int:
    """Deliver what is due in this practice, at most BATCH events; returns how many. Where that was not all, it asks for
    another turn, after those of others; the sweep finds what a crash leaves."""
    delivered = deliver(most=BATCH)
    # Asked, not counted: one that failed takes a place, and what waits behind it alone is no reason to come again.
    if delivered and _first_of_records(now=timezone.now(), most=1):
        enqueue(deliver_due, practice_id=current_practice().id, swept=True)
    return delivered


def deliver(*, most: int) -> int:
    """Deliver up to `most` events; returns how many were delivered. Several may do so at once."""
    delivered = tried = 0
    while tried < most:
        before = tried
        for number in _first_of_records(now=timezone.now(), most=most - tried):
            with transaction.atomic():
                event = _taken(number, now=timezone.now())
                if event is not None:
                    tried += 1
                    delivered += _deliver(event)
        if tried == before:
            break
    return delivered


def any_due(*, now: datetime) -> bool:
    return _waiting().filter(next_try_at__lte=now).exists()


def forget_delivered(*, now: datetime) -> int:
    """Remove what was delivered long ago; returns how many. What was parked stays, to be looked at."""
    return Event.objects.filter(delivered_at__lt=now - KEPT).delete()[0]


def _waiting() -> QuerySet[Event]:
    return Event.objects.filter(delivered_at__isnull=True, parked_at__isnull=True)


def _first_of_records(*, now: datetime, most: int) -> list[int]:
    """Numbers of events that are due and have none of their record before them. Nothing comes before them later: the
    events of a record are numbered in the order in which they are committed."""
    return list(first_of_each(_waiting(), now=now).values_list("number", flat=True)[:most])


def _taken(number: int, *, now: datetime) -> Event | None:
    """The event, locked; None where another one has it, or had it meanwhile."""
    return _waiting().filter(number=number, next_try_at__lte=now).select_for_update(skip_locked=True).first()


def _deliver(event: Event) -> bool:
    happened = Happened(
        number=event.number,
        kind=event.kind,
        record_kind=event.record_kind,
        record_id=event.record_id,
        ids=event.ids,
        happened_at=event.happened_at,
    )
    try:
        with transaction.atomic():
            for consume in consumers_of(event.kind):
                consume(happened)
    except Exception as error:  # noqa: BLE001  whatever a consumer raises, the event is tried again
        _put_off(event, error)
        return False
    event.delivered_at = timezone.now()
    event.save(update_fields=["delivered_at"])
    return True


def _put_off(event: Event, error: Exception) -> None:
    if connection.needs_rollback:
        raise error
    now = timezone.now()
    event.tries = event.tries + 1
    event.failure = type(error).__name__[:100]
    event.next_try_at = now + min(FIRST_WAIT * 2 ** (event.tries - 1), LONGEST_WAIT)
    if event.tries >= MOST_TRIES:
        event.parked_at = now
    event.save(update_fields=["tries", "failure", "next_try_at", "parked_at"])
    # The kind of error only: its words may quote a row.
    log.warning("outbox.failed", kind=event.kind, number=event.number, tries=event.tries, failure=event.failure)
