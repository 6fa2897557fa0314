"""Two people do the same thing at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Event
from typing import Any

import pytest
from django.db import connections, transaction

from core import audit
from core.errors import Conflict
from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.feedback.record import record
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import (
    Location,
    Message,
    ReviewSite,
    Staff,
    StaffRole,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
)
from loyalty.patients.enrol import enrol
from loyalty.reviews.asking import set_asking
from loyalty.reviews.inviting.invite import invite
from loyalty.reviews.sites import set_site
from loyalty.touchpoints.notes import undo, written
from loyalty.touchpoints.playbook import install_default_playbook
from loyalty.visits.book import book
from loyalty.visits.complete import complete

PATIENCE = 20
TIME_TO_BLOCK = 0.7


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
    """What each returned or raised. `second` begins when `first` has done its work but has not committed it.

    `first` commits when `second` is through, or has had time to run into a lock.
    """
    begun, through = Event(), Event()

    def hold_back() -> Any:
        with transaction.atomic():
            result = first()
            begun.set()
            through.wait(TIME_TO_BLOCK)
            return result

    def follow() -> Any:
        begun.wait(PATIENCE)
        try:
            return second()
        finally:
            through.set()

    def run(work: Callable[[], Any]) -> Any:
        try:
            with practice_scope(place), audit.asking(audit.Asker.operator("test")):
                return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        futures: list[Future[Any]] = [pool.submit(run, work) for work in (hold_back, follow)]
        return [future.exception(PATIENCE) or future.result() for future in futures]


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
