"""Writing down what was given to a patient, within the limits, and taking it back on the same day."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text, is_visible
from loyalty.gifts.limits import Limits, dollars, limits_for
from loyalty.gifts.words import check_is_a_gift
from loyalty.models import Gift, Occasion, Patient
from loyalty.practice_zone import practice_zone

_WHAT = 120
# What was forgotten can be written down for a year.
LONGEST_AGO = timedelta(days=366)


def give(
    *,
    patient_id: UUID,
    what: str,
    value_cents: int,
    given_on: date,
    by_staff_id: UUID | None,
    occasion_id: UUID | None = None,
    now: datetime,
) -> Gift:
    """Raises NotFound, Conflict for a merged record, DomainError that names the rule and what is left this year.

    value_cents: what it would cost in a shop, in US cents.
    """
    named = given_text(what, what="The gift", field="what", limit=_WHAT)
    if not is_visible(named):
        raise DomainError("gift_unnamed", "Say what it is, such as “a book on roses”.", field="what")
    check_is_a_gift(named)
    today = now.astimezone(practice_zone()).date()
    if given_on > today:
        raise DomainError("gift_ahead", "This day is still to come. Write it down when it was given.", field="given_on")
    if given_on < today - LONGEST_AGO:
        raise DomainError("gift_long_ago", "Gifts can be written down for a year back.", field="given_on")
    with transaction.atomic():
        # The patient is held, so that two gifts at once cannot pass a limit that each of them alone keeps.
        patient = Patient.objects.select_for_update(no_key=True).filter(id=patient_id).first()
        if patient is None:
            raise NotFound("patient_not_found", "This patient is not on file.")
        if patient.merged_into_id is not None:
            raise Conflict("patient_merged", "This record was merged into another one. Open that one and add it there.")
        if not patient.may_be_contacted:
            raise DomainError("patient_not_contacted", f"{patient.display_name} must not be contacted any more.")
        occasion = Occasion.objects.filter(id=occasion_id, patient=patient).first() if occasion_id else None
        if occasion_id and occasion is None:
            raise NotFound("occasion_not_found", "This occasion is not on file.")
        _check_limits(value_cents, limits_for(patient), given=given_in(patient.id, given_on.year), year=given_on.year)
        gift = Gift.objects.create(
            patient=patient,
            what=named,
            value_cents=value_cents,
            given_on=given_on,
            given_by_id=by_staff_id,
            occasion=occasion,
        )
        changed("gift.given", gift, patients=[patient.id])
        return gift


def take_back(*, gift_id: UUID, now: datetime) -> UUID:
    """Take it off the ledger on the day it was written down; returns whose it was. Raises NotFound, DomainError."""
    with transaction.atomic():
        patient_id = Gift.objects.filter(id=gift_id).values_list("patient_id").first()
        Patient.objects.select_for_update(no_key=True).filter(id__in=patient_id or ()).first()
        gift = Gift.objects.select_for_update().filter(id=gift_id).first()
        if gift is None:
            raise NotFound("gift_not_found", "This gift is not on the ledger.")
        zone = practice_zone()
        if gift.created_at.astimezone(zone).date() != now.astimezone(zone).date():
            raise DomainError("undo_too_late", "This was written down on an earlier day and stays in the ledger.")
        whose = gift.patient_id
        changed("gift.taken_back", gift, patients=[whose])
        gift.delete()
        return whose


def given_in(patient_id: UUID, year: int) -> int:
    """Cents given to a patient in a calendar year."""
    total = Gift.objects.filter(patient_id=patient_id, given_on__year=year).aggregate(all=Sum("value_cents"))
    return int(total["all"] or 0)


def _check_limits(cents: int, limits: Limits, *, given: int, year: int) -> None:
    if cents < 1:
        raise DomainError("gift_without_value", "Say what it is worth, at least one cent.", field="value_cents")
    whom = "for patients in a federal program, or where that is not known" if limits.is_federal else "of this practice"
    if cents > limits.gift:
        raise DomainError(
            "gift_over_limit",
            f"One gift may be worth {dollars(limits.gift)} at most: the limit {whom}. Choose something smaller.",
            field="value_cents",
        )
    left = max(limits.year - given, 0)
    if cents > left:
        raise DomainError(
            "gifts_over_year",
            f"All gifts of a calendar year together may be worth {dollars(limits.year)}: the limit {whom}. "
            f"{dollars(given)} was given in {year}, so {dollars(left)} is left.",
            field="value_cents",
        )
