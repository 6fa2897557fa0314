"""A sandbox is filled: a small team, three services, twenty patients, and their visits behind, today and ahead."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from loyalty.models import Location, Patient, Service, Staff, StaffRole, Wish
from loyalty.patients.enrol import enrol
from loyalty.patients.wishes import keep_wishes, wishes_as_text
from loyalty.sandbox.people import PEOPLE, MadeUp
from loyalty.services.catalogue import add_service
from loyalty.staff.without_person import add_staff
from loyalty.visits.book import book
from loyalty.visits.complete import complete

_TREAT = ("Dr. Sato (made up)", "Riley Chen, RN (made up)")
_OFFERED = (("Consultation", "", 30), ("Chemical peel", "Your skin will be red for a day.", 45), ("Facial", "", 60))
_BOOKED_BEFORE = timedelta(days=9)


def fill_sandbox(*, now: datetime) -> None:
    """Inside the new practice. The same each time but for the days, which are counted from today."""
    location = Location.objects.get()
    team = [add_staff(name=name, role=StaffRole.PROVIDER) for name in _TREAT]
    offered = [
        add_service(name=name, preview=preview, aftercare="", return_days=None, minutes=minutes)
        for name, preview, minutes in _OFFERED
    ]
    for number, one in enumerate(PEOPLE):
        patient = _enrolled(one, number, now=now)
        for place, days in enumerate(one.visits):
            turn = number + place
            _visit(patient, days, turn, location=location, team=team, offered=offered, now=now)
        if one.wish:
            keep_wishes(
                patient_id=patient.id,
                wishes={Wish(one.wish): True},
                was=wishes_as_text(patient),
                by_person_id=None,
                now=now,
            )


def _enrolled(one: MadeUp, number: int, *, now: datetime) -> Patient:
    return enrol(
        given_name=one.given,
        family_name=one.family,
        preferred_name=one.preferred,
        birth=one.birth,
        phones=[f"(503) 555-01{number:02}"],
        emails=[f"made-up-{number}@example.com"],
        record_number=f"S-{number + 1:04}",
        city=one.city,
        state="OR",
        language=one.language,
        now=now,
    )


def _visit(
    patient: Patient,
    days: int,
    turn: int,
    *,
    location: Location,
    team: Sequence[Staff],
    offered: Sequence[Service],
    now: datetime,
) -> None:
    """Behind: completed. Today and ahead: booked, today a little later than now."""
    zone = ZoneInfo(location.time_zone)
    day = (now + timedelta(days=days)).astimezone(zone)
    starts_at = day.replace(hour=9 + turn % 8, minute=30 * (turn % 2), second=0, microsecond=0)
    if days == 0:
        starts_at = now + timedelta(minutes=10 + turn)
    visit = book(
        patient_id=patient.id,
        location_id=location.id,
        starts_at=starts_at,
        staff_id=team[turn % len(team)].id,
        service_id=offered[turn % len(offered)].id,
        now=min(now, starts_at - _BOOKED_BEFORE),
    )
    if days < 0:
        complete(visit_id=visit.id, now=starts_at + timedelta(hours=1))
