"""Texts through Twilio's own client; what its server would say is put at the end of the line."""

import json
import logging
import stat

import pytest
import requests
from django.core.exceptions import ImproperlyConfigured
from urllib3.exceptions import MaxRetryError, NewConnectionError

from core.messages.result import Accepted, Refused, TryAgain, Unclear
from core.messages.text import FILE_NAME, send_text

WORDS = "Aurora: your visit is on Monday."


def send(**fields):
    return send_text(**{"to": "+15035550148", "sender": "+15035550100", "body": WORDS, **fields})


@pytest.fixture
def twilio(settings, monkeypatch):
    """twilio(status, body) or twilio(error): what the line answers; returns the list of requests that came."""
    settings.TEXT_PROVIDER, settings.TWILIO_ACCOUNT_SID, settings.TWILIO_AUTH_TOKEN = "twilio", "AC1", "token"
    came = []

    def answer(status, body=None):
        def deliver(_session, request, **_kwargs):
            came.append(request)
            if isinstance(status, Exception):
                raise status
            response = requests.Response()
            response.status_code, response._content = status, json.dumps(body or {}).encode()
            return response

        monkeypatch.setattr(requests.Session, "send", deliver)
        return came

    return answer


def test_it_is_accepted_under_the_name_that_twilio_gives(twilio):
    came = twilio(201, {"sid": "SM1"})
    assert send(status_url="https://aurora.example.com/status/") == Accepted("SM1")
    assert "To=%2B15035550148" in came[0].body
    assert "From=%2B15035550100" in came[0].body
    assert "StatusCallback=https%3A%2F%2Faurora.example.com%2Fstatus%2F" in came[0].body


def unreachable():
    return requests.ConnectionError(MaxRetryError(None, "/", NewConnectionError(None, "refused")))


@pytest.mark.parametrize(
    ("answers", "means"),
    [
        ((400, {"code": 21610, "message": "opted out"}), Refused("twilio_21610")),
        ((429, {"code": 20429}), TryAgain("twilio_20429")),
        ((503, {}), TryAgain("twilio_503")),
        # A key that was changed loses no message.
        ((401, {"code": 20003}), TryAgain("twilio_20003")),
        ((500, {}), Unclear("twilio_500")),
        ((unreachable(),), TryAgain("unreachable")),
        ((requests.ConnectTimeout(),), TryAgain("unreachable")),
        ((requests.ReadTimeout(),), Unclear("no_answer")),
        ((requests.ConnectionError(ConnectionResetError()),), Unclear("no_answer")),
    ],
    ids=str,
)
def test_each_answer_says_whether_it_may_be_sent_again(twilio, answers, means):
    twilio(*answers)
    assert send() == means


def test_nothing_of_it_is_logged(twilio, caplog):
    caplog.set_level(logging.DEBUG)
    twilio(201, {"sid": "SM1"})
    send()
    assert "5550148" not in caplog.text
    assert "Monday" not in caplog.text


def test_by_default_it_goes_into_a_file_that_only_we_can_read(settings, tmp_path):
    settings.TEXT_FOLDER = tmp_path / "texts"
    assert isinstance(send(), Accepted)
    assert isinstance(send(), Accepted)
    file = tmp_path / "texts" / FILE_NAME
    assert [json.loads(line)["body"] for line in file.read_text().splitlines()] == [WORDS, WORDS]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_a_provider_that_there_is_not_is_said_so(settings):
    settings.TEXT_PROVIDER = "pigeon"
    with pytest.raises(ImproperlyConfigured, match="not 'pigeon'"):
        send()
