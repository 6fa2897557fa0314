import logging

import pytest
import requests
from django.core import mail

from core.messages.mail import send_mail
from core.messages.result import Accepted, Refused, TryAgain, Unclear


def send(**fields):
    return send_mail(**{"to": "ana@example.com", "subject": "Your visit", "text": "On Monday.", **fields})


@pytest.fixture
def postmark(settings, monkeypatch):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "token"}

    def answer(status, body=b"{}"):
        def deliver(_session, **_kwargs):
            if isinstance(status, Exception):
                raise status
            response = requests.Response()
            response.status_code, response._content = status, body
            return response

        monkeypatch.setattr(requests.Session, "request", deliver)

    return answer


def test_it_carries_both_forms_its_headers_and_the_networks_address():
    assert send(html="<p>On Monday.</p>", from_name="Aurora", headers={"List-Unsubscribe": "<https://x/>"}) == Accepted(
        ""
    )
    (sent,) = mail.outbox
    assert sent.from_email == "Aurora <no-reply@perennial.localhost>"
    assert sent.alternatives[0].content == "<p>On Monday.</p>"
    assert sent.extra_headers == {"List-Unsubscribe": "<https://x/>"}


def test_without_a_name_the_sender_is_an_address_alone():
    send()
    assert mail.outbox[0].from_email == "no-reply@perennial.localhost"


def test_it_is_accepted_under_the_name_that_the_provider_gives(postmark):
    postmark(200, b'{"ErrorCode": 0, "Message": "OK", "MessageID": "PM1", "To": "ana@example.com"}')
    assert send() == Accepted("PM1")


INACTIVE = b"""{"ErrorCode": 406, "Message": "You tried to send to recipients that have been marked as inactive.
Found inactive addresses: ana@example.com. Inactive recipients are ones that bounced."}""".replace(b"\n", b" ")


@pytest.mark.parametrize(
    ("answers", "means"),
    [
        ((422, INACTIVE), Refused("address_refused")),
        ((400,), Refused("mail_400")),
        ((401,), TryAgain("mail_401")),
        ((429,), TryAgain("mail_429")),
        ((503,), TryAgain("mail_503")),
        ((500,), Unclear("mail_500")),
        ((requests.ConnectTimeout(),), TryAgain("unreachable")),
        ((requests.ReadTimeout(),), Unclear("no_answer")),
    ],
    ids=str,
)
def test_each_answer_says_whether_it_may_be_sent_again(postmark, answers, means):
    postmark(*answers)
    assert send() == means


def test_nothing_of_it_is_logged(postmark, caplog):
    caplog.set_level(logging.DEBUG)
    postmark(500, b'{"echo": "ana@example.com"}')
    send()
    assert "ana@example.com" not in caplog.text
