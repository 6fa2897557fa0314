"""A drifting patient is left be until a day; and taken up again."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from loyalty.models import DriftLeft
from loyalty.patients.locked import locked_patient
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import day_of
from loyalty.visits.spoken import spoken_date

_REASON = 200
FURTHEST = timedelta(days=366)


def leave_for_now(*, patient_id: UUID, until: date, reason: str, by_staff_id: UUID | None, now: datetime) -> DriftLeft:
    """They stand on the list again from `until` on, should they still be away.

    Raises NotFound, Conflict where somebody left them be already, DomainError for a day beyond a year.
    """
    words = given_text(reason, what="The reason", field="reason", limit=_REASON)
    today = day_of(now, practice_zone())
    if not today < until <= today + FURTHEST:
        raise DomainError("until_out_of_range", "Choose a day within a year, from tomorrow on.", field="until")
    with transaction.atomic():
        patient = locked_patient(patient_id)
        before = (
            DriftLeft.objects.filter(patient=patient, taken_back_at__isnull=True, until__gt=today)
            .select_related("by_staff")
            .first()
        )
        if before is not None:
            whom = f" by {before.by_staff.display_name}" if before.by_staff else ""
            day = spoken_date(before.until, today=today)
            raise Conflict(
                "drift_left",
                f"{patient.display_name} is left for now{whom} already, until {day}.",
            )
        left = DriftLeft.objects.create(patient=patient, until=until, reason=words, at=now, by_staff_id=by_staff_id)
        changed("drift.left", left, patients=[patient.id])
        return left


def take_up(*, left_id: UUID, now: datetime) -> DriftLeft:
    """They stand on the list again. Raises NotFound, Conflict where somebody took them up already."""
    with transaction.atomic():
        patient_id = DriftLeft.objects.filter(id=left_id).values_list("patient_id", flat=True).first()
        if patient_id is None:
            raise NotFound("drift_not_left", "This is not on file.")
        patient = locked_patient(patient_id)
        left = DriftLeft.objects.select_for_update(no_key=True).get(id=left_id)
        if left.taken_back_at is not None:
            raise Conflict("drift_taken_up", f"{patient.display_name} stands on the list again already.")
        left.taken_back_at = now
        left.save(update_fields=["taken_back_at", "updated_at"])
        changed("drift.taken_up", left, patients=[patient.id])
        return left
