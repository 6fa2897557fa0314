"""A personal day that was told to us: added, changed, taken out again."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from core.violated import violated
from loyalty.models import Occasion, OccasionKind, Patient, Touchpoint, TouchpointKind, TouchpointState
from loyalty.occasions.asked_for import FURTHEST_DAYS
from loyalty.practice_zone import practice_zone

_LABEL = 80
_EARLIEST = 1850
# Of a leap year: every day that recurs is in it.
_LEAP = 2024


@dataclass(frozen=True, slots=True)
class Day:
    """What recurs. year: the first time, None where it is not known. lead_days: how long ahead somebody plans it."""

    kind: str
    label: str
    month: int
    day: int
    year: int | None
    lead_days: int


def add(*, patient_id: UUID, day: Day, now: datetime) -> Occasion:
    """Raises NotFound, Conflict for a merged record or a day that is there already, DomainError."""
    label = _checked(day, now=now)
    with transaction.atomic():
        patient = _held(patient_id)
        occasion = Occasion(patient=patient)
        _put(occasion, day, label=label)
        changed("occasion.added", occasion, patients=[patient.id])
        return occasion


def change(*, occasion_id: UUID, day: Day, now: datetime) -> Occasion:
    """What was planned for another day is called off; the night plans the new one. Raises as `add`."""
    label = _checked(day, now=now)
    with transaction.atomic():
        occasion = _found(occasion_id)
        moves = (occasion.month, occasion.day) != (day.month, day.day)
        _put(occasion, day, label=label)
        if moves:
            _call_off(occasion)
        changed("occasion.changed", occasion, patients=[occasion.patient_id])
        return occasion


def remove(*, occasion_id: UUID) -> UUID:
    """Take it out, and call off what was planned for it; returns whose it was. Raises NotFound."""
    with transaction.atomic():
        occasion = _found(occasion_id)
        patient_id = occasion.patient_id
        _call_off(occasion)
        changed("occasion.removed", occasion, patients=[patient_id])
        occasion.delete()
        return patient_id


def _checked(day: Day, *, now: datetime) -> str:
    """The label as it is kept."""
    if day.kind not in OccasionKind.values:
        raise DomainError("kind_unknown", "Choose what it is: a birthday, an anniversary or another day.", field="kind")
    label = given_text(day.label, what="The name of the day", field="label", limit=_LABEL)
    if day.kind == OccasionKind.CUSTOM and not is_visible(label):
        raise DomainError("occasion_unnamed", "Name the day, such as “Marathon” or “Moved to Portland”.", field="label")
    try:
        date(_LEAP, day.month, day.day)
    except ValueError:
        raise DomainError("day_impossible", "There is no such day. Choose another.", field="day") from None
    today = now.astimezone(practice_zone()).date()
    if day.year is not None:
        if not _EARLIEST <= day.year <= today.year:
            raise DomainError(
                "year_impossible", f"The first time lies between {_EARLIEST} and this year. Leave it out if unknown.",
                field="year",
            )  # fmt: skip
        if day.year == today.year and (day.month, day.day) > (today.month, today.day):
            raise DomainError("year_ahead", "The first time is still to come. Leave the year out.", field="year")
    if not 0 <= day.lead_days <= FURTHEST_DAYS:
        raise DomainError("lead_out_of_range", f"Choose between 0 and {FURTHEST_DAYS} days ahead.", field="lead_days")
    return label


def _held(patient_id: UUID) -> Patient:
    patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
    if patient is None:
        raise NotFound("patient_not_found", "This patient is not on file.")
    if patient.merged_into_id is not None:
        raise Conflict("patient_merged", "This record was merged into another one. Open that one and add it there.")
    return patient


def _found(occasion_id: UUID) -> Occasion:
    """The occasion, with its patient held, as everywhere."""
    patient_id = Occasion.objects.filter(id=occasion_id).values_list("patient_id", flat=True).first()
    patient = _held(patient_id) if patient_id else None
    occasion = Occasion.objects.select_for_update().filter(id=occasion_id, patient=patient).first()
    if occasion is None:
        raise NotFound("occasion_not_found", "This occasion is not on file.")
    return occasion


def _put(occasion: Occasion, day: Day, *, label: str) -> None:
    occasion.kind, occasion.label, occasion.year = day.kind, label, day.year
    occasion.month, occasion.day, occasion.lead_days = day.month, day.day, day.lead_days
    try:
        with transaction.atomic():
            occasion.save()
    except IntegrityError as error:
        if violated(error) != "occasion_once":
            raise
        raise Conflict("occasion_there", "This day is on file already. Change that one, or name this one.") from error


def _call_off(occasion: Occasion) -> None:
    Touchpoint.objects.filter(
        occasion=occasion, kind=TouchpointKind.OCCASION, state__in=(TouchpointState.PLANNED, TouchpointState.HELD)
    ).update(state=TouchpointState.CANCELLED)
