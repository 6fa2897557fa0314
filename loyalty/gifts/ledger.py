"""What was given, to whom, and how much is left."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from core import audit
from loyalty.gifts.give import given_in
from loyalty.gifts.limits import limits_for
from loyalty.models import Gift, Patient
from loyalty.occasions.wording import occasion_words
from loyalty.practice_zone import practice_zone


@dataclass(frozen=True, slots=True)
class GiftLine:
    """may_undo: it was written down today. occasion: in words, "" without one."""

    id: UUID
    patient_id: UUID
    name: str
    what: str
    value_cents: int
    given_on: date
    by: str
    occasion: str
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Ledger:
    """total_cents, patients: of the whole year, beyond any limit on lines. years: in which something was given."""

    year: int
    years: tuple[int, ...]
    lines: tuple[GiftLine, ...]
    total_cents: int
    patients: int
    count: int


@dataclass(frozen=True, slots=True)
class PatientGifts:
    """given_cents, left_cents: of this calendar year. gift_cents, year_cents: the limits. is_federal: by whose rule."""

    lines: tuple[GiftLine, ...]
    year: int
    given_cents: int
    left_cents: int
    gift_cents: int
    year_cents: int
    is_federal: bool


def ledger(*, year: int | None, now: datetime, limit: int) -> Ledger:
    """The gifts of a calendar year, the newest first; of this one without `year`."""
    zone = practice_zone()
    this_year = now.astimezone(zone).year
    year = year or this_year
    of_year = Gift.objects.filter(given_on__year=year)
    gifts = list(_with_all(of_year.order_by("-given_on", "-created_at", "-id"))[:limit])
    audit.record("gifts.read", patients=[gift.patient_id for gift in gifts])
    values = list(of_year.values_list("value_cents", "patient_id"))
    given_years = {day.year for day in Gift.objects.dates("given_on", "year")}
    return Ledger(
        year=year,
        years=tuple(sorted({*given_years, this_year}, reverse=True)),
        lines=tuple(_line(gift, zone=zone, now=now) for gift in gifts),
        total_cents=sum(cents for cents, _ in values),
        patients=len({patient for _, patient in values}),
        count=len(values),
    )


def gifts_of(patient: Patient, *, now: datetime, limit: int = 20) -> PatientGifts:
    """For a page that has written its own entry: the patient's was read."""
    zone = practice_zone()
    year = now.astimezone(zone).year
    gifts = _with_all(Gift.objects.filter(patient=patient).order_by("-given_on", "-created_at", "-id"))[:limit]
    limits, given = limits_for(patient), given_in(patient.id, year)
    return PatientGifts(
        lines=tuple(_line(gift, zone=zone, now=now) for gift in gifts),
        year=year,
        given_cents=given,
        left_cents=max(limits.year - given, 0),
        gift_cents=limits.gift,
        year_cents=limits.year,
        is_federal=limits.is_federal,
    )


def _with_all(gifts: QuerySet[Gift]) -> QuerySet[Gift]:
    return gifts.select_related("patient", "given_by", "occasion")


def _line(gift: Gift, *, zone: ZoneInfo, now: datetime) -> GiftLine:
    occasion = gift.occasion
    return GiftLine(
        id=gift.id,
        patient_id=gift.patient_id,
        name=gift.patient.display_name,
        what=gift.what,
        value_cents=gift.value_cents,
        given_on=gift.given_on,
        by=gift.given_by.display_name if gift.given_by else "",
        occasion=occasion_words(kind=occasion.kind, label=occasion.label, year=None, day=gift.given_on)
        if occasion
        else "",
        may_undo=gift.created_at.astimezone(zone).date() == now.astimezone(zone).date(),
    )
