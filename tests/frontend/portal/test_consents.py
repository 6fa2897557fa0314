"""Writing down what a patient agrees to."""

import re

import pytest
from django.urls import reverse

from loyalty.messages.wording import QUESTIONS, VERSION
from loyalty.models import Consent

PAGE = "portal:consents"


@pytest.fixture
def desk(sign_in):
    """Frank, at the front desk."""
    return sign_in("Frank", at="aurora")


@pytest.fixture
def address(patient) -> str:
    return reverse(PAGE, urlconf="infra.urls_practice", args=[patient.id])


def answer(client, address, **given):
    return client.post(address, {"version": VERSION, "source": "told the front desk", **given})


def test_each_question_is_shown_in_its_words_and_nothing_is_chosen(desk, address, words):
    page = desk.get(address)
    assert page.content.count(b'type="radio"') == 2 * len(QUESTIONS)
    assert not re.search(rb"<input[^>]*radio[^>]*checked", page.content)
    assert "Aurora Aesthetics may text me about my visits. I do not have to agree to be treated." in words(page)
    assert words(page).count("Not asked yet: that is no") == len(QUESTIONS)


def test_only_what_was_answered_is_written_down(desk, address, inside, person):
    done = answer(desk, address, **{"text-visits": "yes", "email-marketing": "no"})
    assert (done.status_code, done.headers["Location"]) == (303, f"{address}?said=consent-kept")
    with inside():
        kept = {(one.channel, one.purpose): (one.granted, one.by_person_id) for one in Consent.objects.all()}
    frank = person("Frank").id
    assert kept == {("text", "visits"): (True, frank), ("email", "marketing"): (False, frank)}


def test_a_yes_can_be_taken_back_and_both_stay_in_the_history(desk, address, inside, words):
    answer(desk, address, **{"text-visits": "yes"})
    answer(desk, address, **{"text-visits": "no"})
    page = words(desk.get(address))
    assert "No, since Nov 23, 2026" in page
    assert page.count("Text message, about my visits Nov 23, 2026") == 2
    assert "Written down by Frank Ford." in page


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Choose yes or no for what they answered."),
        ({"text-visits": "yes", "source": ""}, "This field is required."),
        ({"text-visits": "yes", "version": "2020-01"}, "The wording changed meanwhile."),
        ({"text-visits": "maybe"}, "maybe is not one of the available choices."),
    ],
)
def test_what_is_no_answer_is_said_and_nothing_is_kept(desk, address, inside, words, given, says):
    page = answer(desk, address, **given)
    assert page.status_code == 422
    assert says in words(page)
    with inside():
        assert not Consent.objects.exists()
