"""What Twilio tells a practice's host."""

import pytest
from django.test import Client
from twilio.request_validator import RequestValidator

from core.audit.models import Entry
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import Consent, Message, Reply, Suppression
from tests.frontend.portal.messaging import asking, somebody

TOKEN = "the account's token"
INBOUND = "/messages/inbound/"


@pytest.fixture(autouse=True)
def _account(settings, tmp_path):
    settings.TWILIO_AUTH_TOKEN, settings.TEXT_FOLDER = TOKEN, tmp_path


@pytest.fixture
def tells():
    """tells(path, From=…): as Twilio does, signed for the host; signed_for is another host, "" for no signature."""

    def post(path, *, host="aurora", signed_for=None, **fields):
        given = {"MessageSid": "SM1", "From": "+15035550148", "To": "+15035550100", **fields}
        address = f"http://{signed_for or host}.perennial.localhost{path}"
        signature = RequestValidator(TOKEN).compute_signature(address, given) if signed_for != "" else ""
        client = Client(SERVER_NAME=f"{host}.perennial.localhost", enforce_csrf_checks=True)
        return client.post(path, given, headers={"X-Twilio-Signature": signature} if signature else {})

    return post


@pytest.fixture
def waiting(inside, now):
    with inside():
        who = somebody(now)
        return queue(patient_id=who.id, template_id=asking().id, by_person_id=None, now=now)


def test_a_stop_is_answered_and_holds_at_once(tells, waiting, inside):
    answer = tells(INBOUND, Body="please stop texting me")
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/xml; charset=utf-8")
    assert b"<Message>Aurora Aesthetics: you will get no more texts from us." in answer.content
    with inside():
        assert Message.objects.get().state == "cancelled"
        assert Suppression.objects.get().reason == "stop"
        entry = Entry.objects.get(verb="reply.received")
        assert (entry.asker_kind, entry.place, entry.why) == ("patient", "portal:message-inbound", "signed")


def test_told_twice_it_is_answered_once(tells, waiting):
    tells(INBOUND, Body="STOP")
    assert b"<Message>" not in tells(INBOUND, Body="STOP").content


def test_where_twilio_has_answered_we_do_not(tells, waiting, inside):
    assert b"<Message>" not in tells(INBOUND, Body="STOP", OptOutType="STOP").content
    with inside():
        assert Suppression.objects.get().reason == "stop"


@pytest.mark.parametrize("signed_for", ["", "borealis"])
def test_unsigned_or_signed_for_another_practice_it_is_not_found_and_nothing_changes(
    tells, waiting, inside, signed_for
):
    assert tells(INBOUND, signed_for=signed_for, Body="STOP").status_code == 404
    with inside():
        assert Message.objects.get().state == "queued"
        assert not Reply.objects.exists()
        assert not Suppression.objects.exists()
        assert not Consent.objects.filter(granted=False).exists()


def test_without_an_account_nothing_is_believed(tells, waiting, settings, inside):
    settings.TWILIO_AUTH_TOKEN = ""
    assert tells(INBOUND, Body="STOP").status_code == 404


def test_a_practice_does_not_hear_what_was_told_to_another(tells, waiting, inside):
    assert tells(INBOUND, host="borealis", Body="STOP").status_code == 200
    with inside():
        assert Message.objects.get().state == "queued"


def test_a_report_settles_the_message(tells, waiting, inside, now):
    with inside():
        deliver(message_id=waiting.id, now=now)
        sent = Message.objects.get()
    told = tells(f"/messages/{sent.id}/status/", MessageSid=sent.provider_id, MessageStatus="delivered")
    assert told.status_code == 204
    with inside():
        assert Message.objects.get().delivered_at == now


def test_a_report_without_signature_or_of_another_message_changes_nothing(tells, waiting, inside, now):
    with inside():
        deliver(message_id=waiting.id, now=now)
        sent = Message.objects.get()
    path = f"/messages/{sent.id}/status/"
    assert tells(path, signed_for="", MessageSid=sent.provider_id, MessageStatus="failed").status_code == 404
    assert tells(path, MessageSid="SM-other", MessageStatus="failed").status_code == 404
    with inside():
        assert Message.objects.get().state == "sent"
