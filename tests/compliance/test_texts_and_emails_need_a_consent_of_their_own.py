"""Consent per channel and purpose, unticked by default, never bundled with booking."""

import re
from datetime import timedelta
from itertools import product

import pytest
from django.urls import reverse

from core.errors import Conflict, DomainError
from core.tenancy.scope import control_plane
from loyalty.messages.consent import answer
from loyalty.messages.purposes import CHANNELS, PURPOSE_OF, PURPOSES
from loyalty.messages.queue import queue, queue_invitation
from loyalty.messages.wording import QUESTIONS, VERSION, wording
from loyalty.models import Consent, Location, Message, MessageTemplate, Staff, TemplateKind
from loyalty.patients.enrol import enrol
from loyalty.visits.book import book
from tests.frontend.portal.messaging import asking, somebody

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


def test_the_yes_of_somebody_else_opens_nothing(written, now):
    somebody(now, given_name="Anna", phones=["(503) 555-0122"])
    assert set(written(somebody(now, agreed=())).values()) == {"no_consent"}


def test_a_yes_opens_one_channel_for_one_purpose(written, now):
    who = somebody(now, agreed=("text",))
    assert {question for question, rule in written(who).items() if not rule} == {("text", "feedback")}


@pytest.mark.parametrize("channel", CHANNELS)
def test_a_later_no_closes_it_and_calls_off_at_once_what_waits(in_aurora, now, channel):
    who = somebody(now)
    waits = queue(patient_id=who.id, template_id=asking(channel).id, by_person_id=None, now=now)
    assert waits.state == "queued"
    no = {"purpose": "feedback", "granted": False, "source": "told us", "version": VERSION, "by_person_id": None}
    other = CHANNELS[1 - CHANNELS.index(channel)]
    answer(patient_id=who.id, channel=other, **no, now=now)
    answer(patient_id=who.id, channel=channel, **{**no, "purpose": "marketing"}, now=now)
    waits.refresh_from_db()
    assert waits.state == "queued"
    answer(patient_id=who.id, channel=channel, **no, now=now)
    waits.refresh_from_db()
    assert (waits.state, waits.rule) == ("cancelled", "stopped")
    again = queue(patient_id=who.id, template_id=asking(channel).id, by_person_id=None, now=now)
    assert again.rule == "said_no"


def test_of_a_yes_and_a_no_at_one_moment_the_no_holds(in_aurora, now):
    who = somebody(now, agreed=())
    usual = {"channel": "text", "purpose": "feedback", "source": "told us", "version": VERSION, "by_person_id": None}
    for granted in (False, True):
        answer(patient_id=who.id, granted=granted, **usual, now=now)
    message = queue(patient_id=who.id, template_id=asking("text").id, by_person_id=None, now=now)
    assert message.rule == "said_no"


@pytest.mark.parametrize(
    ("wrong", "refused"),
    [({"source": " "}, DomainError), ({"version": "2019-01"}, Conflict), ({"purpose": "testimonial"}, DomainError)],
)
def test_no_answer_is_kept_without_how_we_know_or_to_a_wording_that_was_not_shown(in_aurora, now, wrong, refused):
    usual = {"channel": "text", "purpose": "feedback", "source": "told us", "version": VERSION, "by_person_id": None}
    with pytest.raises(refused):
        answer(patient_id=somebody(now, agreed=()).id, granted=True, **{**usual, **wrong}, now=now)
    assert not Consent.objects.exists()


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
