"""The words that messages are made from."""

import pytest
from django.core import mail
from django.urls import reverse

from loyalty.models import MessageTemplate, Service
from tests.frontend.portal.messaging import asking


@pytest.fixture
def owner(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def template(inside):
    with inside():
        return asking("email")


def path(name, *args) -> str:
    return reverse(f"portal:{name}", urlconf="infra.urls_practice", args=args)


def change(client, template, **given):
    usual = {
        "name": template.name,
        "subject": "How was it?",
        "body": "Hello {first_name}.",
        "is_on": "on",
        "version": 1,
    }
    return client.post(path("message-template", template.id), {**usual, **given})


def test_all_of_them_are_listed(owner, words):
    page = words(owner.get(path("message-templates")))
    assert "How was it (text) How was it Sent as Text message" in page.replace("What for ", "")


def test_one_is_shown_as_a_made_up_patient_reads_it(owner, template, words):
    page = words(owner.get(path("message-template", template.id)))
    assert "Hello Rosalind, thank you for coming to us." in page
    assert "The test goes to you, at olivia@example.com, and to nobody else." in page


def test_a_change_is_kept_as_a_new_version(owner, template, inside):
    assert change(owner, template).status_code == 303
    with inside():
        kept = MessageTemplate.objects.get(id=template.id)
    assert (kept.version, kept.body, kept.is_on) == (2, "Hello {first_name}.", True)


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"body": "{diagnosis}"}, "There is no field {diagnosis}."),
        ({"body": "How was your Chemical Peel?"}, "names a treatment"),
        ({"subject": "A coupon"}, "makes this an advertisement"),
        ({"version": 9}, "Somebody changed this template meanwhile."),
    ],
)
def test_what_may_not_be_said_is_said_in_place(owner, template, inside, words, given, says):
    with inside():
        Service.objects.create(name="Chemical peel")
    page = change(owner, template, **given)
    assert page.status_code == 422
    assert says in words(page)


def test_a_new_one_is_added(owner, inside):
    given = {
        "name": "News",
        "kind": "news",
        "channel": "email",
        "subject": "News",
        "body": "We have a new team member.",
    }
    done = owner.post(path("message-template-new"), given)
    assert done.status_code == 303
    with inside():
        assert MessageTemplate.objects.get(name="News").kind == "news"


@pytest.mark.parametrize("channel", ["text", "email"])
def test_a_test_goes_to_whoever_asks_and_nobody_else(owner, inside, channel):
    with inside():
        template = asking(channel)
    done = owner.post(path("message-template-test", template.id), {"to": "somebody@example.com"})
    assert done.headers["Location"].endswith("?said=template-tested")
    (sent,) = mail.outbox
    assert (sent.to, sent.cc, sent.bcc) == (["olivia@example.com"], [], [])
    assert "Rosalind" in sent.body


def test_the_front_desk_sends_words_but_does_not_change_them(sign_in, template):
    assert sign_in("Frank", at="aurora").get(path("message-templates")).status_code == 404
    assert change(sign_in("Frank", at="aurora"), template).status_code == 404
