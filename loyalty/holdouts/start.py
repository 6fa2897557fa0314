"""A hold-out is started by the owner; what is chosen then cannot be changed any more."""

from calendar import monthrange
from datetime import date, datetime
from secrets import token_hex
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.tenancy.scope import current_practice
from core.violated import violated
from loyalty.models import HOLDABLE, Holdout
from loyalty.models.holdout import LEAST_OUTCOME_DAYS, LEAST_PERCENT, MOST_OUTCOME_DAYS, MOST_PERCENT
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import day_of
from tenants.entitlements import check_room
from tenants.models import Capability

LEAST_MONTHS, MOST_MONTHS = 2, 36
# So many days at least during which patients can join.
LEAST_JOINING_DAYS = 28


def start_holdout(
    *,
    kind: str,
    percent: int,
    outcome_days: int,
    months: int,
    least_effect: int,
    by_person_id: UUID | None,
    now: datetime,
) -> Holdout:
    """From today on, for so many months. Raises DomainError with the field, Conflict where one of the kind runs."""
    if kind not in HOLDABLE:
        raise DomainError(
            "holdout_never",
            "This contact is never held out: somebody is waiting for it. Choose another one.",
            field="kind",
        )
    _check(percent, LEAST_PERCENT, MOST_PERCENT, what="Hold out", unit="%", field="percent")
    _check(outcome_days, LEAST_OUTCOME_DAYS, MOST_OUTCOME_DAYS, what="Give them", unit="days", field="outcome_days")
    _check(months, LEAST_MONTHS, MOST_MONTHS, what="Run it for", unit="months", field="months")
    _check(least_effect, 1, 50, what="Choose a difference of", unit="points", field="least_effect")
    today = day_of(now, practice_zone())
    ends_on = months_later(today, months)
    if (ends_on - today).days < outcome_days + LEAST_JOINING_DAYS:
        raise DomainError(
            "holdout_too_short",
            f"Nobody could join: give it {LEAST_JOINING_DAYS} days more than patients have to come back.",
            field="months",
        )
    running = Holdout.objects.filter(closed_at__isnull=True).count()
    check_room(current_practice().id, Capability.HOLDOUTS, used=running)
    holdout = Holdout(
        kind=kind,
        percent=percent,
        outcome_days=outcome_days,
        least_effect=least_effect,
        starts_on=today,
        ends_on=ends_on,
        salt=token_hex(16),
        started_by_person_id=by_person_id,
    )
    try:
        with transaction.atomic():
            holdout.save(force_insert=True)
            changed("holdout.started", holdout, detail={"kind": kind, "percent": percent, "ends_on": str(ends_on)})
    except IntegrityError as error:
        if violated(error) == "holdout_one_at_a_time":
            raise Conflict(
                "holdout_running", "A hold-out of this contact is running already. Wait for its end.", field="kind"
            ) from None
        raise
    return holdout


def months_later(day: date, months: int) -> date:
    """The same day of a later month; its last day where it has no such one."""
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(years, month + 1, min(day.day, monthrange(years, month + 1)[1]))


def _check(value: int, least: int, most: int, *, what: str, unit: str, field: str) -> None:
    if not least <= value <= most:
        raise DomainError(f"holdout_{field}", f"{what} {least} to {most} {unit}.", field=field)
