import pytest
from django.test import RequestFactory
from twilio.request_validator import RequestValidator

from core.messages.signature import signed_by_twilio

TOKEN = "the account's token"
FIELDS = {"From": "+15035550148", "Body": "STOP"}
ADDRESS = "https://aurora.perennial.localhost/messages/inbound/"


@pytest.fixture
def ask(settings):
    settings.TWILIO_AUTH_TOKEN = TOKEN
    signature = RequestValidator(TOKEN).compute_signature(ADDRESS, FIELDS)

    def request(fields=FIELDS, *, host="aurora.perennial.localhost", signed=signature):
        headers = {"X-Twilio-Signature": signed} if signed else {}
        return RequestFactory(SERVER_NAME=host).post("/messages/inbound/", fields, secure=True, headers=headers)

    return request


def test_what_twilio_signed_is_taken(ask):
    assert signed_by_twilio(ask())


def test_a_changed_field_another_host_and_no_signature_are_refused(ask):
    assert not signed_by_twilio(ask({**FIELDS, "From": "+15035550149"}))
    assert not signed_by_twilio(ask(host="borealis.perennial.localhost"))
    assert not signed_by_twilio(ask(signed="made up"))
    assert not signed_by_twilio(ask(signed=""))


def test_without_a_token_nothing_is_signed(ask, settings):
    settings.TWILIO_AUTH_TOKEN = ""
    signature = RequestValidator("").compute_signature(ADDRESS, FIELDS)
    assert not signed_by_twilio(ask(signed=signature))
