"""How far the network can trust a member's records: shares and names of failed checks, never a count."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.models import DataQuality
from loyalty.metrics.windows import Month
from loyalty.quality.checks import BY_KEY, Check
from loyalty.quality.months import quality_of

KEPT_MONTHS = 12


@dataclass(frozen=True, slots=True)
class MemberQuality:
    """Of the latest month that was looked at. share: of passed checks, in whole percent."""

    month: Month
    share: int
    failed: tuple[Check, ...]
    computed_at: datetime


def member_qualities() -> dict[UUID, MemberQuality]:
    """The latest of each practice that shares its figures, by the practice's id. Runs in the control plane; one
    query."""
    rows = DataQuality.objects.order_by("practice_id", "-month").distinct("practice_id")
    return {
        row.practice_id: MemberQuality(
            month=Month.of(row.month),
            share=row.share,
            failed=tuple(BY_KEY[key] for key in row.failed if key in BY_KEY),
            computed_at=row.computed_at,
        )
        for row in rows
    }


def share_quality(*, practice: PracticeRef, last: Month, now: datetime) -> None:
    """Bring what the network knows of the practice's last twelve months up to date, in the practice's scope.

    The practice must have signed the data-aggregation clause: the database refuses it otherwise.
    """
    months = [last.shifted(-back) for back in reversed(range(KEPT_MONTHS))]
    shared = DataQuality.objects.filter(practice_id=practice.id)
    before = {row.month: row for row in shared}
    rows = [
        DataQuality(
            practice_id=practice.id,
            month=one.month.first,
            share=one.score,
            failed=[result.check.key for result in one.failed],
            computed_at=now,
        )
        for one in quality_of(months)
    ]
    DataQuality.objects.bulk_create(
        [row for row in rows if _differs(row, before.get(row.month))],
        update_conflicts=True,
        unique_fields=["practice", "month"],
        update_fields=["share", "failed", "computed_at", "updated_at"],
    )
    shared.exclude(month__in=[row.month for row in rows]).delete()


def _differs(row: DataQuality, before: DataQuality | None) -> bool:
    return before is None or (row.share, row.failed) != (before.share, before.failed)
