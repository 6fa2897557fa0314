"""Two people do the same thing at the same moment, each on a connection of their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from core.errors import Conflict, NotFound
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.drifting.ask import call_off, plan_contact
from loyalty.drifting.leave import leave_for_now, take_up
from loyalty.feedback.record import record
from loyalty.kiosk.open_visit import open_by_code
from loyalty.kiosk.take import take_by_code
from loyalty.locations.change_address import change_address
from loyalty.locations.close_location import close_location
from loyalty.locations.holidays import add_holiday
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import (
    Drift,
    DriftLeft,
    Holiday,
    Location,
    Message,
    Patient,
    ReviewSite,
    Staff,
    StaffRole,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
)
from loyalty.patients.enrol import enrol
from loyalty.patients.merging.merge import merge
from loyalty.reviews.asking import set_asking
from loyalty.reviews.inviting.invite import invite
from loyalty.reviews.sites import set_site
from loyalty.touchpoints.contacts import made as contact_made
from loyalty.touchpoints.notes import undo, written
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.arrive import arrive
from loyalty.visits.book import book
from loyalty.visits.complete import complete
from tests.at_once import at_once
from tests.kiosks import enrolled


@pytest.fixture
def place(open_place: Callable[..., PracticeRef]) -> PracticeRef:
    practice = open_place()
    with practice_scope(practice):
        install_default_playbook()
    return practice


def booking(place: PracticeRef, now: datetime) -> Visit:
    with practice_scope(place):
        location = Location.objects.get()
        someone = enrol(given_name="Marguerite", family_name="Ellison", now=now)
        return book(patient_id=someone.id, location_id=location.id, starts_at=now, now=now)


def colleague(place: PracticeRef, name: str) -> Staff:
    with practice_scope(place):
        return Staff.objects.create(display_name=name, role=StaffRole.FRONT_DESK)


def overlapping(place: PracticeRef, first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """As at_once, each inside the practice."""

    def inside(work: Callable[[], Any]) -> Callable[[], Any]:
        def run() -> Any:
            with practice_scope(place):
                return work()

        return run

    return at_once(inside(first), inside(second))


def test_of_two_who_complete_a_visit_one_wins_and_the_other_is_told_who(place, now):
    visit = booking(place, now)
    maya, noah = colleague(place, "Maya"), colleague(place, "Noah")
    winner, loser = overlapping(
        place,
        lambda: complete(visit_id=visit.id, by_staff_id=maya.id, now=now),
        lambda: complete(visit_id=visit.id, by_staff_id=noah.id, now=now),
    )
    assert isinstance(winner, Visit)
    assert isinstance(loser, Conflict)
    assert loser.message == "This visit was completed at 11:00 am by Maya."
    with practice_scope(place):
        assert Touchpoint.objects.filter(kind=TouchpointKind.NOTE).count() == 1


def test_the_same_booking_sent_twice_at_once_is_made_once(place, now):
    visit = booking(place, now)
    again = {
        "patient_id": visit.patient_id,
        "location_id": visit.location_id,
        "starts_at": now + timedelta(days=2),
        "now": now,
    }
    made, refused = overlapping(place, lambda: book(**again), lambda: book(**again))
    assert isinstance(made, Visit)
    assert isinstance(refused, Conflict)


def test_a_visit_completed_while_a_recovery_of_another_one_opens_gets_a_held_note(place, now):
    today = booking(place, now)
    with practice_scope(place):
        yesterday = now - timedelta(days=1)
        earlier = book(patient_id=today.patient_id, location_id=today.location_id, starts_at=yesterday, now=yesterday)
        complete(visit_id=earlier.id, now=yesterday)
    outcomes = overlapping(
        place,
        lambda: record(visit_id=earlier.id, mode="staff", score=3, now=now),
        lambda: complete(visit_id=today.id, now=now),
    )
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    with practice_scope(place):
        states = list(Touchpoint.objects.filter(kind=TouchpointKind.NOTE).values_list("state", flat=True))
    assert states == [TouchpointState.HELD] * 2


def test_two_nights_at_once_ask_each_patient_for_one_public_review(place, now):
    at = now - timedelta(days=3)
    with practice_scope(place):
        Location.objects.update(address="12 Main Street", city="Portland", state="OR", postal_code="97205")
        site = ReviewSite.objects.get(name="Google")
        set_site(site_id=site.id, own_url="https://www.google.com/maps/place/a", asking_allowed=True)
        set_asking(is_on=True, every_days=180, share=100, after_days=2)
        someone = enrol(given_name="Marguerite", family_name="Ellison", emails=["m@example.com"], now=at)
        yes = {"channel": "email", "purpose": "reviews", "granted": True, "source": "told us", "version": VERSION}
        answer(patient_id=someone.id, **yes, by_person_id=None, now=at)
        visit = book(patient_id=someone.id, location_id=Location.objects.get().id, starts_at=at, now=at)
        complete(visit_id=visit.id, now=at)
    assert overlapping(place, lambda: invite(now=now), lambda: invite(now=now)) == [1, 0]
    with practice_scope(place):
        assert Message.objects.count() == 1


def test_a_note_taken_back_while_a_recovery_opens_is_held(place, now):
    visit = booking(place, now)
    with practice_scope(place):
        complete(visit_id=visit.id, now=now)
        note = Touchpoint.objects.get(kind=TouchpointKind.NOTE)
        written(touchpoint_id=note.id, by_staff_id=None, now=now)
    outcomes = overlapping(
        place,
        lambda: record(visit_id=visit.id, mode="staff", score=3, now=now),
        lambda: undo(touchpoint_id=note.id, now=now),
    )
    assert [one for one in outcomes if isinstance(one, Exception)] == []
    with practice_scope(place):
        assert Touchpoint.objects.get(id=note.id).state == TouchpointState.HELD


def test_of_two_locations_renamed_to_one_name_at_once_the_second_is_told(place, now):
    with practice_scope(place):
        sites = [Location.objects.get(), Location.objects.create(name="Second", time_zone="America/Denver")]
    address = {"address": "1 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}
    renamed, refused = overlapping(
        place,
        *(lambda site=site: change_address(location_id=site.id, name="Harbor", **address) for site in sites),
    )
    assert isinstance(renamed, Location)
    assert isinstance(refused, Conflict)


def test_a_visit_booked_while_a_holiday_is_added_is_called_about_before_it(place, now):
    with practice_scope(place):
        location = Location.objects.get()
        someone = enrol(given_name="Marguerite", family_name="Ellison", now=now)
    starts = now + timedelta(days=7)
    booked, _ = overlapping(
        place,
        lambda: book(patient_id=someone.id, location_id=location.id, starts_at=starts, now=now),
        lambda: add_holiday(location_id=location.id, day=(now + timedelta(days=3)).date(), name="Closed", now=now),
    )
    assert isinstance(booked, Visit)
    with practice_scope(place):
        planned = Touchpoint.objects.get(visit=booked, kind=TouchpointKind.PREVIEW)
        assert not Holiday.objects.filter(day=planned.due_at.date()).exists()


def test_nothing_is_booked_at_a_place_that_closes_at_this_moment(place, now):
    with practice_scope(place):
        site = Location.objects.create(name="Second", time_zone="America/Denver")
        someone = enrol(given_name="Marguerite", family_name="Ellison", now=now)
    closed, refused = overlapping(
        place,
        lambda: close_location(location_id=site.id, now=now),
        lambda: book(patient_id=someone.id, location_id=site.id, starts_at=now + timedelta(days=7), now=now),
    )
    assert isinstance(closed, Location)
    assert getattr(refused, "code", "") == "location_not_found"


def test_one_code_typed_on_two_tablets_at_once_tells_one_of_them_who_it_is(place, now):
    visit = booking(place, now)
    with practice_scope(place):
        arrive(visit_id=visit.id, now=now)
        tablets = [enrolled(now=now, name=name)[0] for name in ("Front desk", "Room 2")]
        _, code = open_by_code(visit_id=visit.id, by_staff_id=None, now=now)
    told, refused = overlapping(
        place,
        *(lambda tablet=tablet: take_by_code(kiosk_id=tablet.id, code=code, now=now) for tablet in tablets),
    )
    assert told.first_name == "Marguerite"
    assert isinstance(refused, NotFound)


def drifting_patient(place: PracticeRef, now: datetime) -> Patient:
    with practice_scope(place):
        someone = enrol(
            given_name="Marguerite",
            family_name="Ellison",
            phones=["(503) 555-0148"],
            address="1 Main Street",
            city="Portland",
            state="OR",
            postal_code="97205",
            now=now,
        )
        last = (now - timedelta(days=200)).date()
        Drift.objects.create(patient=someone, visits=3, last_on=last)
        return someone


def test_of_two_who_put_a_drifting_patient_on_the_call_list_one_is_told(place, now):
    someone = drifting_patient(place, now)
    ask = {"patient_id": someone.id, "channel": "call", "by_staff_id": None, "now": now}
    made, refused = overlapping(place, lambda: plan_contact(**ask), lambda: plan_contact(**ask))
    assert isinstance(made, Touchpoint)
    assert isinstance(refused, Conflict)
    assert refused.message == "A check-in with Marguerite Ellison is on the call list already."


def test_of_two_who_leave_a_drifting_patient_for_now_one_is_told(place, now):
    someone = drifting_patient(place, now)
    until = (now + timedelta(days=30)).date()
    leave = {"patient_id": someone.id, "until": until, "reason": "", "by_staff_id": None, "now": now}
    left, refused = overlapping(place, lambda: leave_for_now(**leave), lambda: leave_for_now(**leave))
    assert isinstance(left, DriftLeft)
    assert isinstance(refused, Conflict)
    again = {"left_id": left.id, "now": now}
    taken, refused = overlapping(place, lambda: take_up(**again), lambda: take_up(**again))
    assert isinstance(taken, DriftLeft)
    assert isinstance(refused, Conflict)


def test_a_check_in_that_is_called_off_while_somebody_makes_it_is_one_of_the_two(place, now):
    someone = drifting_patient(place, now)
    with practice_scope(place):
        contact = plan_contact(patient_id=someone.id, channel="letter", by_staff_id=None, now=now)
    outcomes = overlapping(
        place,
        lambda: contact_made(touchpoint_id=contact.id, by_staff_id=None, minutes=5, now=now),
        lambda: call_off(touchpoint_id=contact.id, now=now),
    )
    assert isinstance(outcomes[1], Conflict)
    with practice_scope(place):
        assert Touchpoint.objects.get(id=contact.id).state == TouchpointState.DONE


def test_a_merge_does_not_go_past_a_visit_that_is_booked_at_the_same_moment(place, now):
    there = booking(place, now)
    with practice_scope(place):
        other = enrol(given_name="Margaret", family_name="Ellison", now=now)
    starts = now + timedelta(days=3)
    booked, refused = overlapping(
        place,
        lambda: book(patient_id=other.id, location_id=there.location_id, starts_at=starts, now=now),
        lambda: merge(patient_id=there.patient_id, merged_id=other.id, take=(), by_person_id=None, now=now),
    )
    assert booked.patient_id == other.id
    assert isinstance(refused, Conflict)
    assert refused.code == "patient_busy"
