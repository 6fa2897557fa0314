"""The link at the foot of an email (RFC 8058)."""

import pytest
from django.core import mail
from django.test import Client

from loyalty.messages.deliver import deliver
from loyalty.messages.opt_out_link import PATH
from loyalty.messages.queue import queue
from loyalty.messages.wording import QUESTIONS
from loyalty.models import Consent, Suppression
from tests.frontend.portal.messaging import asking, somebody


@pytest.fixture
def mailed(inside, now):
    """An email that went out: its link, and the headers that a mail program reads."""
    with inside():
        who = somebody(now)
        message = queue(patient_id=who.id, template_id=asking("email").id, by_person_id=None, now=now)
        deliver(message_id=message.id, now=now)
    (sent,) = mail.outbox
    return sent


@pytest.fixture
def path(mailed) -> str:
    link = mailed.extra_headers["List-Unsubscribe"].strip("<>")
    return link.removeprefix("http://aurora.perennial.localhost:8000")


@pytest.fixture
def mail_program() -> Client:
    """No cookies, no sign-in, no CSRF token."""
    return Client(SERVER_NAME="aurora.perennial.localhost", enforce_csrf_checks=True)


def stopped(inside) -> bool:
    with inside():
        return Suppression.objects.filter(reason="unsubscribed").exists()


def test_the_link_is_where_the_portal_answers(path):
    assert path.startswith(PATH.partition("{")[0])


def test_opening_it_stops_nothing(mail_program, path, inside, words):
    page = mail_program.get(path)
    assert page.status_code == 200
    assert "Stop all email?" in words(page)
    assert not stopped(inside)


def test_one_post_without_cookies_stops_all_email(mail_program, path, inside, words):
    answer = mail_program.post(path, {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert "Email is stopped" in words(answer)
    assert stopped(inside)
    with inside():
        assert Consent.objects.filter(channel="email", granted=False).count() == sum(
            channel == "email" for channel, _ in QUESTIONS
        )
    assert "Email is stopped" in words(mail_program.get(path))


def test_the_button_of_the_page_does_the_same(mail_program, path, inside):
    assert mail_program.post(path).status_code == 200
    assert stopped(inside)


def test_a_changed_link_and_another_practices_host_find_nothing(mail_program, path, inside):
    assert mail_program.post(path[:-3] + "xx/").status_code == 404
    assert mail_program.post("/stop/unknown/").status_code == 404
    elsewhere = Client(SERVER_NAME="borealis.perennial.localhost")
    assert elsewhere.post(path).status_code == 404
    assert not stopped(inside)


def test_the_link_names_nobody(mailed, path):
    assert "marguerite" not in path.lower()
    assert "example.com" not in path
