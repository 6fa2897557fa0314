"""A patient writes back."""

from datetime import timedelta
from itertools import count

import pytest

from core.audit.models import Entry
from core.errors import NotFound
from core.messages.addresses import fingerprint
from loyalty.messages.receive import receive
from loyalty.models import Consent, Guardianship, Message, Reply, Suppression, TextNumber
from tests.loyalty.messages.conftest import PHONE

NUMBERS = count(1)
OURS = "+15035550100"
CONFIRMED = "Aurora Aesthetics: you will get no more texts from us. Reply START to allow them again."


@pytest.fixture
def comes(in_aurora, now):
    """comes("STOP"): a text from Marguerite's number; returns what is answered."""

    def received(body, *, sender=PHONE, provider_id="", answered=False, at=now):
        return receive(
            provider_id=provider_id or f"SM{next(NUMBERS)}",
            sender=sender,
            recipient=OURS,
            body=body,
            answered=answered,
            now=at,
        )

    return received


@pytest.mark.parametrize("body", ["STOP", "please don’t text me anymore", "basta"])
def test_stop_stops_everything_at_once_and_is_confirmed(patient, agree, write, send, texts, comes, body):
    agree(patient, purpose="marketing")
    about_visits, news = write(patient), write(patient, kind="news")
    assert comes(body) == CONFIRMED
    assert {send(about_visits).state, send(news).state} == {"cancelled"}
    assert texts() == []
    held = Suppression.objects.get()
    assert (held.reason, held.kind, held.veiled) == ("stop", "phone", "ends in 48")
    withdrawn = Consent.objects.filter(patient=patient, channel="text", granted=False)
    assert set(withdrawn.values_list("purpose", flat=True)) == {"visits", "feedback", "marketing", "reviews"}
    assert write(patient).rule == "said_no"


def test_it_says_nothing_about_email(patient, write, comes):
    comes("STOP")
    assert write(patient, channel="email").state == "queued"


def test_it_is_confirmed_once(patient, comes):
    assert comes("STOP") == CONFIRMED
    assert comes("stop!!") == ""


def test_delivered_twice_it_is_taken_and_answered_once(patient, comes):
    assert comes("HELP", provider_id="SM-once") != ""
    assert comes("HELP", provider_id="SM-once") == ""
    assert Reply.objects.count() == 1


def test_where_the_provider_has_confirmed_we_do_not(patient, comes):
    assert comes("STOP", answered=True) == ""
    assert Suppression.objects.get().reason == "stop"


def test_everybody_with_that_number_is_left_alone(patient, make_patient, agree, write, comes):
    spouse = make_patient("Paul Ellison", phones=["1 503 555 0148"])
    agree(spouse)
    comes("STOP")
    assert write(spouse).rule == "said_no"


def test_a_guardians_stop_holds_for_the_child(minor, write, send, comes):
    waiting = write(minor)
    comes("STOP", sender="+15035550122")
    assert send(waiting).state == "cancelled"
    assert write(minor).rule == "said_no"


def test_a_guardian_who_is_a_patient_stops_for_both(minor, patient, write, comes):
    Guardianship.objects.update(guardian=patient, phone="", email="")
    comes("STOP")
    assert write(minor).rule == "said_no"
    assert write(patient).rule == "said_no"


def test_a_number_nobody_knows_is_stopped_too(comes, make_patient, agree, write, location):
    comes("STOP", sender="+15035550190")
    later = make_patient("Lena Later", phones=["(503) 555-0190"])
    agree(later)
    assert write(later).rule == "suppressed"


def test_start_opens_the_number_but_not_what_was_agreed(patient, write, comes):
    comes("STOP")
    assert "your number is open again" in comes("START")
    held = Suppression.objects.get()
    assert (held.lifted_because, held.lifted_at is None) == ("Texted START", False)
    assert write(patient).rule == "said_no"


def test_start_out_of_the_blue_is_not_answered(patient, comes):
    assert comes("START") == ""


def test_help_is_answered(patient, comes):
    assert comes("help").startswith("Aurora Aesthetics: these texts are about your visits.")
    assert not Suppression.objects.exists()


def test_anything_else_is_kept_for_a_person(patient, comes, now):
    assert comes("Can I come at 5 instead?") == ""
    reply = Reply.objects.get()
    assert (reply.meaning, reply.body, reply.patients) == ("other", "Can I come at 5 instead?", [patient.id])
    assert reply.received_at == now


def test_the_trail_says_whose_it_was_and_none_of_the_words(patient, comes):
    comes("STOP")
    entry = Entry.objects.get(verb="reply.received")
    assert (entry.patients, entry.detail) == ([patient.id], {"meaning": "stop"})
    assert Entry.objects.get(verb="suppression.added").detail == {"reason": "stop"}


def test_a_stop_outweighs_what_was_on_the_list_before(patient, comes, now):
    Suppression.objects.create(
        kind="phone", address_hash=fingerprint("phone", PHONE), veiled="", reason="asked", at=now - timedelta(days=9)
    )
    assert comes("STOP") == CONFIRMED
    assert list(Suppression.objects.order_by("at").values_list("reason", "lifted_because")) == [
        ("asked", "Replaced: Replied STOP"),
        ("stop", ""),
    ]


def test_what_no_text_can_be_sent_to_is_still_taken(comes):
    assert comes("STOP", sender="72975") == CONFIRMED
    assert comes("hello\x00") == ""
    assert Reply.objects.get(meaning="other").body == "hello"


def test_messages_to_the_address_say_whose_it_was_when_the_number_is_gone(patient, write, comes):
    write(patient)
    patient.contact_points.all().delete()
    comes("STOP")
    assert Message.objects.get().state == "cancelled"
    assert Consent.objects.filter(patient=patient, granted=False).count() == 4


def test_what_was_sent_to_another_practices_number_is_not_ours(patient, comes):
    TextNumber.objects.create(number="+15035550101")
    with pytest.raises(NotFound):
        comes("STOP")
    assert not Reply.objects.exists()
    TextNumber.objects.update(number=OURS)
    assert comes("STOP") == CONFIRMED
