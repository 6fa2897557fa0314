"""STOP, and natural words for it, stop everything at once: by text, and by the one-click link of an email."""

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from core.tenancy.scope import control_plane
from loyalty.messages.consent import answer
from loyalty.messages.deliver import deliver
from loyalty.messages.opt_out_link import path_for
from loyalty.messages.queue import queue
from loyalty.messages.wording import VERSION
from loyalty.models import Consent, Message, MessageTemplate, Suppression
from tests.frontend.portal.messaging import somebody

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
def _account(settings, tmp_path):
    settings.TWILIO_AUTH_TOKEN, settings.TEXT_FOLDER = TOKEN, tmp_path


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
