"""Consent per channel and purpose, unticked by default, never bundled with booking."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse

from core.tenancy.scope import control_plane
from loyalty.messages.purposes import CHANNELS, PURPOSE_OF, PURPOSES
from loyalty.messages.queue import queue, queue_invitation
from loyalty.messages.wording import QUESTIONS, wording
from loyalty.models import Consent, Location, Message, MessageTemplate, Staff, TemplateKind
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from tests.frontend.portal.messaging import somebody

EVERY_QUESTION = list(product(CHANNELS, PURPOSES))


@pytest.fixture
def written(in_aurora, now):
    """written(patient): what became of one message of each channel and purpose, as far as they were agreed to."""
    for channel, kind in product(CHANNELS, PURPOSE_OF):
        words = {"name": f"{channel} {kind}", "kind": kind, "channel": channel, "body": "Hello."}
        MessageTemplate.objects.create(**words, subject="" if channel == "text" else "Hello")

    def states(patient):
        found = {}
        for template in MessageTemplate.objects.filter(body="Hello."):
            which = {"patient_id": patient.id, "template_id": template.id, "now": now}
            is_review = template.kind == TemplateKind.REVIEW
            # Who is asked for a public review is not chosen by hand.
            message = queue_invitation(review_link="", **which) if is_review else queue(by_person_id=None, **which)
            found[template.channel, PURPOSE_OF[template.kind]] = message.rule
            Message.objects.all().delete()
        return found

    return states


def test_without_any_answer_nothing_goes_out_by_any_channel_for_any_purpose(written, now):
    assert written(somebody(now, agreed=())) == dict.fromkeys(EVERY_QUESTION, "no_consent")


def test_a_yes_opens_one_channel_for_one_purpose(written, now):
    who = somebody(now, agreed=("text",))
    assert {question for question, rule in written(who).items() if not rule} == {("text", "feedback")}


def test_adding_a_patient_and_booking_agree_to_nothing(in_aurora, now):
    who = enrol(given_name="Hugo", family_name="Hart", phones=["(503) 555-0160"], emails=["h@example.com"], now=now)
    location, staff = Location.objects.get(), Staff.objects.first()
    at = now + timedelta(days=3)
    book(patient_id=who.id, location_id=location.id, staff_id=staff.id, starts_at=at, now=now)
    assert not Consent.objects.exists()


def test_no_form_that_adds_or_books_asks_for_it_and_the_one_that_does_has_nothing_chosen(sign_in, aurora, now):
    desk = sign_in("Frank", at="aurora")
    added = desk.post("/patients/new/", {"given_name": "Hugo", "family_name": "Hart", "phone": "(503) 555-0160"})
    patient = added.headers["Location"].partition("?")[0]
    for path in ("/patients/new/", f"{patient}visits/new/"):
        assert not re.search(rb'name="[^"]*(?:consent|text-|email-)', desk.get(path).content)
    page = desk.get(f"{patient}consents/").content.decode()
    assert page.count('type="radio"') == 2 * len(QUESTIONS)
    assert "checked" not in page


def test_agreeing_is_no_condition_of_being_treated_and_the_words_say_so():
    for channel, purpose in QUESTIONS:
        assert "I do not have to agree to be treated." in wording(channel, purpose, practice="Aurora")


def test_nobody_can_send_past_it_by_the_portal(sign_in, in_aurora, now):
    who = somebody(now, agreed=())
    template = MessageTemplate.objects.get(kind="feedback", channel="text")
    path = reverse("portal:message-new", urlconf="infra.urls_practice", args=[who.id])
    with control_plane():
        sent = sign_in("Olivia", at="aurora").post(path, {"template_id": template.id})
    assert sent.status_code == 422
    assert list(Message.objects.values_list("state", "rule")) == [("refused", "no_consent")]
