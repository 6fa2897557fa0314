"""Which practices are told that the end of their records is near, and whose records are to be destroyed."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from tenants.models import Practice

# As the business associate agreement says (tenants/agreements/texts).
KEPT_FOR = timedelta(days=90)
# Told so long before; whoever was not told for so long keeps their records until then.
TOLD_BEFORE = timedelta(days=14)


def erased_on(practice: Practice) -> date:
    """The first day on which they may be destroyed. Only of a practice that left."""
    if practice.left_on is None:
        raise ValueError("only records of a practice that left are destroyed")
    if practice.sandbox_of_id is not None:
        # Made up, and nobody's to export.
        return practice.left_on
    day = practice.left_on + KEPT_FOR
    if practice.erasure_told_at is None:
        return day
    return max(day, _day(practice, practice.erasure_told_at) + TOLD_BEFORE)


def is_to_be_told(practice: Practice, *, now: datetime) -> bool:
    return (
        _has_records(practice)
        and practice.sandbox_of_id is None
        and practice.erasure_told_at is None
        and _day(practice, now) >= erased_on(practice) - TOLD_BEFORE
    )


def is_due(practice: Practice, *, now: datetime) -> bool:
    return (
        _has_records(practice) and practice.erasure_told_at is not None and _day(practice, now) >= erased_on(practice)
    )


def _has_records(practice: Practice) -> bool:
    return practice.status == Practice.Status.LEFT and practice.erased_at is None


def _day(practice: Practice, at: datetime) -> date:
    return at.astimezone(ZoneInfo(practice.time_zone)).date()
