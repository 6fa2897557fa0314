"""What the network learns: once a quarter, of the hold-outs that ended before it and are part of no other release."""

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection, transaction

from core import audit
from loyalty import lift
from loyalty.benchmarks.rules import FEWEST_CONTRIBUTORS, LARGEST_SHARE, shown_count
from loyalty.holdouts.models import LiftContribution, LiftRelease
from loyalty.lift.difference import Floats
from loyalty.metrics.windows import Month
from loyalty.models import HOLDABLE


def release_lifts(*, now: datetime) -> list[LiftRelease]:
    """Pool what waits, kind by kind, and publish what may be; returns that. Run again, nothing is released twice.

    Ten practices at least, none of which weighs more than a quarter; else what waits is pooled with what comes later.
    Each contribution is part of one release, so that no two of them tell the practices that they do not share. Of one
    practice with several hold-outs the first waiting one counts; the others wait.
    """
    quarter = Month.of(now.date()).quarter.first
    made = []
    with transaction.atomic():
        # Two at once would publish the same practices twice.
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtext('holdouts.release'))")
        for kind in HOLDABLE:
            if LiftRelease.objects.filter(kind=kind, quarter=quarter).exists():
                continue
            waiting = LiftContribution.objects.filter(kind=kind, release__isnull=True, ended_on__lt=quarter)
            first = list(waiting.order_by("practice_id", "ended_on").distinct("practice_id"))
            if released := _released(kind, first, quarter=quarter, now=now):
                made.append(released)
        if made:
            audit.record("lifts.released", detail={"kinds": [str(one.kind) for one in made]})
    return made


def _released(kind: str, waiting: Sequence[LiftContribution], *, quarter: date, now: datetime) -> LiftRelease | None:
    if len(waiting) < FEWEST_CONTRIBUTORS:
        return None
    pooled = lift.pool([one.effect for one in waiting], [one.standard_error for one in waiting])
    if float(pooled.largest_weight) * 100 > LARGEST_SHARE:
        return None
    release = LiftRelease.objects.create(
        kind=kind,
        quarter=quarter,
        effect=_points(pooled.effect),
        low=_points(pooled.low),
        high=_points(pooled.high),
        contributors_floor=shown_count(len(waiting)),
        released_at=now,
    )
    ids: list[UUID] = [one.id for one in waiting]
    LiftContribution.objects.filter(id__in=ids).update(release=release)
    return release


def _points(share: Floats) -> float:
    return round(100 * float(share), 1)
