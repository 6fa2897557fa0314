"""The postal address and a one-click opt-out in every email to a patient."""

import pytest
from django.core import mail

from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import Location, Message, MessageTemplate
from tests.frontend.portal.messaging import somebody


@pytest.fixture
def who(in_aurora, now):
    return somebody(now)


def written(who, now, **fields):
    words = {"name": "Ours", "kind": "feedback", "channel": "email", "subject": "Hello", "body": "How was it?"}
    template = MessageTemplate.objects.create(**{**words, **fields})
    return queue(patient_id=who.id, template_id=template.id, by_person_id=None, now=now)


@pytest.mark.parametrize("plain", [False, True])
def test_whatever_the_template_says_both_stand_in_it(who, now, plain):
    type(who).objects.filter(id=who.id).update(plain_envelope=plain)
    deliver(message_id=written(who, now).id, now=now)
    (sent,) = mail.outbox
    assert "Aurora Aesthetics, 12 Main Street, Portland, OR 97205" in sent.body
    link = sent.extra_headers["List-Unsubscribe"]
    assert link.startswith("<http://aurora.perennial.localhost:8000/stop/")
    assert link.strip("<>") in sent.body
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize("missing", ["address", "city"])
def test_without_a_postal_address_nothing_is_sent(who, now, missing):
    Location.objects.update(**{missing: ""})
    message = written(who, now)
    deliver(message_id=message.id, now=now)
    assert (Message.objects.get().rule, mail.outbox) == ("no_postal_address", [])


def test_an_address_that_is_taken_away_meanwhile_stops_it_too(who, now):
    message = written(who, now)
    Location.objects.update(address="")
    deliver(message_id=message.id, now=now)
    assert (Message.objects.get().rule, mail.outbox) == ("no_postal_address", [])
