"""The page behind the link: no sign-in, no name, no scripts needed, and one kind page for every link that is spent."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client

from core.tenancy.scope import practice_scope
from loyalty.kiosk.secrets import Use, digest
from loyalty.models import Feedback, FeedbackLink, Location, Promise
from loyalty.patients.enrol import enrol
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

TOKEN = "a" * 43


@pytest.fixture(autouse=True)
def _at_nine_in_the_morning(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def promise(aurora, now):
    """Of Marguerite's visit of yesterday, for which TOKEN went out."""
    with practice_scope(aurora):
        who = enrol(given_name="Marguerite", family_name="Ellison", now=now)
        visit = walk_in(patient_id=who.id, location_id=Location.objects.get().id, now=now - timedelta(days=1))
        complete(visit_id=visit.id, now=now - timedelta(days=1))
        FeedbackLink.objects.create(
            patient=who,
            visit=visit,
            token_digest=digest(TOKEN, Use.LINK),
            sent_at=now,
            expires_at=now + timedelta(days=14),
        )
        return Promise.objects.create(visit=visit, text="No waiting", made_at=now)


@pytest.fixture
def anybody(promise):
    return Client(SERVER_NAME="aurora.perennial.localhost")


def test_it_asks_the_same_questions_and_names_nobody(anybody, words):
    page = anybody.get(f"/f/{TOKEN}/")
    said = words(page)
    assert page.status_code == 200
    for question in (
        "recommend us",
        "What did you like?",
        "What could we do better?",
        "worth what you paid",
        "“No waiting”",
    ):
        assert question in said
    for name in ("Marguerite", "Ellison"):
        assert name not in page.content.decode()
    assert "checked" not in page.content.decode()


def test_one_answer_is_kept_and_the_link_is_spent(anybody, promise, aurora, words):
    answer = {
        "score": "4",
        "liked": ["hands", "room"],
        "liked_more": "Priya",
        "worth": "2",
        f"promise-{promise.id}": "no",
    }
    assert anybody.post(f"/f/{TOKEN}/", answer).headers["Location"] == "/f/thanks/"
    assert "Thank you" in words(anybody.get("/f/thanks/"))
    assert anybody.post(f"/f/{TOKEN}/", {"score": "10"}).status_code == 404
    with practice_scope(aurora):
        kept = Feedback.objects.get()
        assert (kept.mode, kept.score, kept.liked, kept.worth) == ("link", 4, "Gentle hands. A calm room.\nPriya", 2)
        assert Promise.objects.get().kept == "no"


def test_without_a_number_everything_typed_stays(anybody, words, aurora):
    page = anybody.post(f"/f/{TOKEN}/", {"liked": ["hands"], "better_more": "Parking"})
    assert page.status_code == 422
    assert "Choose a number from 0 to 10." in words(page)
    assert "Parking" in words(page)
    assert re.search(r'value="hands"[^>]*checked', page.content.decode())
    with practice_scope(aurora):
        assert not Feedback.objects.exists()


def test_used_too_old_unknown_and_nonsense_look_the_same(anybody, now):
    def page(token):
        answer = anybody.get(f"/f/{token}/")
        return answer.status_code, re.sub(r'value="[^"]{64}"', "", answer.content.decode())

    with time_machine.travel(now + timedelta(days=14), tick=False):
        old = page(TOKEN)
    anybody.post(f"/f/{TOKEN}/", {"score": "9"})
    assert page(TOKEN) == old == page("b" * 43) == page("nonsense")
    assert old[0] == 404
    assert "This link has done its work" in old[1]


def test_opening_it_uses_nothing_up(anybody):
    for _ in range(3):
        assert anybody.get(f"/f/{TOKEN}/").status_code == 200


def test_another_practice_does_not_know_it(anybody):
    assert Client(SERVER_NAME="borealis.perennial.localhost").get(f"/f/{TOKEN}/").status_code == 404
