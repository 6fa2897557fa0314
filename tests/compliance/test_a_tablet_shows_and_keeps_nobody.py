"""HIPAA, least privilege: a tablet in patients' hands shows a first name at most, and only while its visit is open.

And no public review is asked for on the premises: the tablet's page does not know the word.
"""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.kiosk.open_visit import open_on
from loyalty.models import Feedback, Kiosk, Location, Promise
from loyalty.patients.enrol import enrol
from loyalty.visits.walk_in import walk_in
from tests.kiosks import tablet_at

OTHERS = "Grace Chen"
NOT_HERE = re.compile(r"\breviews?\b|google|yelp|realself|\bstars?\b|testimonial", re.I)


@pytest.fixture(autouse=True)
def _at_nine_in_the_morning(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def tablet(aurora, now):
    return tablet_at(aurora, now=now)[1]


@pytest.fixture
def visit(aurora, now):
    """Marguerite is here and was promised something; Grace is here, too."""
    with practice_scope(aurora):
        location = Location.objects.get()
        for name in ("Marguerite Ellison", OTHERS):
            given, family = name.split()
            who = enrol(given_name=given, family_name=family, phones=["(503) 555-0148"], now=now)
            visit = walk_in(patient_id=who.id, location_id=location.id, now=now - timedelta(minutes=20))
            Promise.objects.create(visit=visit, text=f"Kept for {given}", made_at=now)
            if given == "Marguerite":
                hers = visit
    return hers


def opened(aurora, visit, now):
    with practice_scope(aurora):
        return open_on(visit_id=visit.id, kiosk_id=Kiosk.objects.get().id, by_staff_id=None, now=now).id


def test_nothing_that_it_can_ask_names_anybody_before_a_visit_opens(tablet, visit):
    said = tablet.get("/kiosk/").content + tablet.get("/kiosk/waiting/").content
    said += tablet.post("/kiosk/code/", {"code": "123456"}).content
    said += tablet.post("/kiosk/openings/", {"opening": uuid4()}).content
    said += tablet.get("/kiosk/worker.js").content
    for name in (b"Marguerite", b"Ellison", b"Grace", b"Chen", b"555"):
        assert name not in said


def test_it_learns_a_first_name_and_promises_of_this_visit_and_of_no_other(tablet, visit, aurora, now):
    opening = opened(aurora, visit, now)
    told = tablet.get("/kiosk/waiting/").json()
    assert told == {"opening": str(opening)}
    told = tablet.post("/kiosk/openings/", told).json()
    assert told.keys() == {"opening", "name", "promises"}
    assert told["name"] == "Marguerite"
    assert [one["text"] for one in told["promises"]] == ["Kept for Marguerite"]


def test_the_trail_says_that_a_tablet_asked_and_whom_it_was_about(tablet, visit, aurora, now):
    opening = opened(aurora, visit, now)
    tablet.post("/kiosk/openings/", {"opening": opening})
    answer = {"opening": opening, "submission": uuid4(), "seconds_ago": 0, "score": 9}
    assert tablet.post("/kiosk/answers/", answer).json() == {"kept": True}
    with practice_scope(aurora):
        kiosk = Kiosk.objects.get()
        for verb in ("opening.taken", "feedback.received"):
            entry = Entry.objects.get(verb=verb)
            assert (entry.asker_kind, entry.asker_id, entry.role) == ("kiosk", kiosk.id, "kiosk")
            assert entry.patients == [visit.patient_id]


def test_an_answer_that_is_sent_again_is_answered_the_same_and_kept_once(tablet, visit, aurora, now):
    opening = opened(aurora, visit, now)
    tablet.post("/kiosk/openings/", {"opening": opening})
    answer = {"opening": opening, "submission": uuid4(), "seconds_ago": 0, "score": 3, "liked": ["hands"]}
    first, again = tablet.post("/kiosk/answers/", answer), tablet.post("/kiosk/answers/", answer)
    assert (first.status_code, first.content) == (again.status_code, again.content)
    with practice_scope(aurora):
        assert Feedback.objects.get().liked == "Gentle hands."


@pytest.mark.parametrize(
    "wrong",
    [
        {"score": "11"},
        {"score": ""},
        {"submission": "1"},
        {"opening": ""},
        {"seconds_ago": "soon"},
        {"liked": ["bribe"]},
        {"worth": "9"},
        {"elsewhere": "maybe"},
        {"promise-" + str(uuid4()): "yes"},
        {"promise-" + str(uuid4()): "maybe"},
    ],
)
def test_what_cannot_be_an_answer_is_refused_and_nothing_kept(tablet, visit, aurora, now, wrong):
    opening = opened(aurora, visit, now)
    tablet.post("/kiosk/openings/", {"opening": opening})
    answer = {"opening": opening, "submission": uuid4(), "seconds_ago": 0, "score": 9, **wrong}
    assert tablet.post("/kiosk/answers/", answer).status_code == 422
    with practice_scope(aurora):
        assert not Feedback.objects.exists()


def test_the_tablet_never_asks_for_a_public_review(tablet):
    page = tablet.get("/kiosk/").content.decode()
    assert "How likely are you to recommend us" in page
    assert not NOT_HERE.search(page)
