"""STOP, and natural words for it, stop everything at once: by text, and by the one-click link of an email."""

from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from twilio.request_validator import RequestValidator

from core.errors import DomainError
from core.tenancy.scope import control_plane
from loyalty.messages.consent import answer
from loyalty.messages.deliver import deliver
from loyalty.messages.lift import lift
from loyalty.messages.opt_out_link import path_for
from loyalty.messages.queue import queue
from loyalty.messages.suppress import suppress, unreachable
from loyalty.messages.wording import VERSION
from loyalty.models import Consent, ContactPoint, Guardianship, Message, MessageTemplate, Suppression
from tests.frontend.portal.messaging import asking, somebody

TOKEN, HOST = "token", "aurora.perennial.localhost"
WORDS = [
    "STOP",
    "stop.",
    "Unsubscribe",
    "quit",
    "END",
    "cancel",
    "please don't text me anymore",
    "alto",
    "basta",
    "parar",
]


@pytest.fixture(autouse=True)
def _account(settings, tmp_path, now):
    settings.TWILIO_AUTH_TOKEN, settings.TEXT_FOLDER = TOKEN, tmp_path
    with time_machine.travel(now, tick=False):
        yield


def waits(now, channel):
    """Three messages by one channel wait, one for each purpose, and all were agreed to."""
    who = somebody(now, agreed=())
    for kind, purpose in (("preview", "visits"), ("feedback", "feedback"), ("news", "marketing")):
        usual = {"source": "signed", "version": VERSION, "by_person_id": None, "now": now}
        answer(patient_id=who.id, channel=channel, purpose=purpose, granted=True, **usual)
        words = {"name": kind, "kind": kind, "channel": channel, "body": "Hello."}
        template = MessageTemplate.objects.create(**words, subject="" if channel == "text" else "Hello")
        assert queue(patient_id=who.id, template_id=template.id, by_person_id=None, now=now).state == "queued"
    return who


def texts_back(body, *, signed=True):
    fields = {"MessageSid": "SM1", "From": "+15035550148", "To": "+15035550100", "Body": body}
    signature = RequestValidator(TOKEN).compute_signature(f"http://{HOST}/messages/inbound/", fields)
    headers = {"X-Twilio-Signature": signature if signed else "made up"}
    with control_plane():
        return Client(SERVER_NAME=HOST).post("/messages/inbound/", fields, headers=headers)


def everything_is_stopped(who, channel, now) -> bool:
    for message in Message.objects.all():
        deliver(message_id=message.id, now=now)
    withdrawn = Consent.objects.filter(patient=who, channel=channel, granted=False)
    return (
        set(Message.objects.values_list("state", flat=True)) == {"cancelled"}
        and set(withdrawn.values_list("purpose", flat=True)) == {"visits", "feedback", "marketing", "reviews"}
        and Suppression.objects.filter(lifted_at__isnull=True).count() == 1
    )


@pytest.mark.parametrize("body", WORDS)
def test_by_text(in_aurora, now, body):
    who = waits(now, "text")
    assert texts_back(body).status_code == 200
    assert everything_is_stopped(who, "text", now)


def test_by_text_only_where_the_provider_signed_it(in_aurora, now):
    waits(now, "text")
    assert texts_back("STOP", signed=False).status_code == 404
    assert not Suppression.objects.exists()
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


def test_by_one_click_without_cookies(in_aurora, now):
    who = waits(now, "email")
    path = path_for(in_aurora, kind="email", address="marguerite@example.com")
    mail_program = Client(SERVER_NAME=HOST, enforce_csrf_checks=True)
    with control_plane():
        assert mail_program.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert everything_is_stopped(who, "email", now)


def test_nothing_takes_it_back_but_the_patients_own_new_consent(in_aurora, now, sign_in):
    waits(now, "text")
    texts_back("STOP")
    listed = Suppression.objects.get()
    address = f"/messages/do-not-contact/{listed.id}/lift/"
    with control_plane():
        lift = sign_in("Olivia", at="aurora").post(address, {"because": "We would like to"})
    assert lift.status_code == 422
    assert Suppression.objects.get().lifted_at is None


@pytest.fixture
def stopped(in_aurora, now):
    """Marguerite texted STOP."""
    who = waits(now, "text")
    texts_back("STOP")
    Message.objects.all().delete()
    return who


def agree(who, *, at, channel="text"):
    usual = {"source": "signed", "version": VERSION, "by_person_id": None}
    answer(patient_id=who.id, channel=channel, purpose="visits", granted=True, **usual, now=at)


def take_off(now):
    listed = Suppression.objects.get(lifted_at__isnull=True)
    return lift(suppression_id=listed.id, because="They asked", by_person_id=uuid4(), now=now)


def rule_for(who, now):
    template = MessageTemplate.objects.get(name="preview")
    return queue(patient_id=who.id, template_id=template.id, by_person_id=None, now=now).rule


def test_a_new_consent_alone_opens_nothing_until_the_number_is_taken_off_the_list(stopped, now):
    agree(stopped, at=now + timedelta(hours=1))
    assert rule_for(stopped, now + timedelta(hours=2)) == "suppressed"
    take_off(now + timedelta(hours=2))
    assert rule_for(stopped, now + timedelta(hours=2)) == ""


def test_whoever_said_stop_to_one_number_is_not_written_to_at_another(stopped, now):
    agree(stopped, at=now + timedelta(hours=1))
    ContactPoint.objects.filter(kind="phone").update(rank=1)
    ContactPoint.objects.create(patient=stopped, kind="phone", value="(503) 555-0199", search="5035550199", rank=0)
    assert rule_for(stopped, now + timedelta(hours=2)) == "suppressed"


def test_neither_an_older_consent_nor_one_by_email_nor_somebody_elses_takes_it_off(stopped, now):
    agree(stopped, at=now - timedelta(hours=1))
    agree(stopped, at=now + timedelta(hours=1), channel="email")
    agree(somebody(now, given_name="Anna", phones=["(503) 555-0122"]), at=now + timedelta(hours=1))
    with pytest.raises(DomainError, match="agreed again, after that day"):
        take_off(now + timedelta(hours=2))


def test_a_fault_or_a_word_of_ours_does_not_take_the_place_of_their_own_word(stopped, now):
    unreachable(kind="phone", address="+15035550148", now=now)
    suppress(kind="phone", given="(503) 555-0148", note="", by_person_id=uuid4(), now=now)
    assert Suppression.objects.get(lifted_at__isnull=True).reason == "stop"


def test_their_own_word_takes_the_place_of_a_fault(in_aurora, now):
    waits(now, "text")
    unreachable(kind="phone", address="+15035550148", now=now)
    texts_back("STOP")
    assert Suppression.objects.get(lifted_at__isnull=True).reason == "stop"


@pytest.mark.parametrize(("channel", "address"), [("text", "(503) 555-0148"), ("email", "marguerite@example.com")])
def test_said_to_us_in_person_it_stops_what_waits_and_whatever_comes(in_aurora, now, channel, address):
    who = waits(now, channel)
    kind = "phone" if channel == "text" else "email"
    suppress(kind=kind, given=address, note="At the desk", by_person_id=uuid4(), now=now)
    assert set(Message.objects.values_list("state", "rule")) == {("cancelled", "stopped")}
    assert rule_for(who, now) == "suppressed"


def test_the_stop_of_a_guardian_stops_what_is_about_the_child(in_aurora, now):
    child = somebody(now, given_name="Mia", phones=["(503) 555-0111"], birth=(now.year - 12, 5, 4))
    Guardianship.objects.create(patient=child, name="Anna Ellison", phone="(503) 555-0148")
    # Nothing was written to her about Tom yet.
    tom = somebody(now, given_name="Tom", phones=[], birth=(now.year - 9, 5, 4))
    Guardianship.objects.create(patient=tom, name="Anna Ellison", phone="503 555 0148")
    asked = queue(patient_id=child.id, template_id=asking("text").id, by_person_id=None, now=now)
    assert asked.state == "queued"
    texts_back("STOP")
    asked.refresh_from_db()
    assert asked.state == "cancelled"
    for one in (child, tom):
        assert not Consent.objects.filter(patient=one, channel="text").order_by("-decided_at", "granted")[0].granted


def test_the_stop_of_who_is_no_guardian_of_a_child_any_more_is_their_own(in_aurora, now):
    grown = somebody(now, given_name="Mia", phones=["(503) 555-0111"], birth=(now.year - 30, 5, 4))
    Guardianship.objects.create(patient=grown, name="Anna Ellison", phone="(503) 555-0148")
    asked = queue(patient_id=grown.id, template_id=asking("text").id, by_person_id=None, now=now)
    texts_back("STOP")
    asked.refresh_from_db()
    assert asked.state == "queued"
