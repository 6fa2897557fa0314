"""A hold-out ends: by itself on its preset day, or before it, for good. From then on everybody is contacted again."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, NotFound
from core.tenancy.scope import PracticeRef
from loyalty.holdouts.contribute import contribute
from loyalty.holdouts.counted import Seen, seen
from loyalty.models import Holdout
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import day_of


def close_ended(*, practice: PracticeRef, now: datetime) -> int:
    """Count those whose last day is over, and tell the network; returns how many. Safe to run twice."""
    closed = 0
    today = day_of(now, practice_zone())
    ended = Holdout.objects.filter(closed_at__isnull=True, ends_on__lt=today)
    for holdout_id in ended.values_list("id", flat=True):
        with transaction.atomic():
            holdout = Holdout.objects.select_for_update().filter(id=holdout_id, closed_at__isnull=True).first()
            if holdout is None:
                continue
            found = seen(holdout, today=today)
            _close(holdout, found, now=now)
            changed("holdout.ended", holdout, detail={"kind": holdout.kind})
            contribute(practice, holdout, found)
            closed += 1
    return closed


def stop_holdout(*, holdout_id: UUID, now: datetime) -> Holdout:
    """Stop it today, for good: it will never be known what it was to find out, and nothing of it is pooled.

    Raises NotFound, Conflict where it is over already.
    """
    today = day_of(now, practice_zone())
    with transaction.atomic():
        holdout = Holdout.objects.select_for_update().filter(id=holdout_id).first()
        if holdout is None:
            raise NotFound("holdout_not_found", "This hold-out is not on file.")
        if holdout.closed_at is not None or holdout.ends_on < today:
            raise Conflict("holdout_over", "This hold-out is over already.")
        _close(holdout, seen(holdout, today=today), now=now, stopped_on=today)
        changed("holdout.stopped", holdout, detail={"kind": holdout.kind})
        return holdout


def _close(holdout: Holdout, found: Seen, *, now: datetime, stopped_on: date | None = None) -> None:
    holdout.closed_at, holdout.stopped_on = now, stopped_on
    holdout.contacted, holdout.contacted_returned = found.contacted.known, found.contacted.returned
    holdout.held, holdout.held_returned = found.held.known, found.held.returned
    holdout.held_crossed = found.held.reached
    holdout.save(force_update=True)
