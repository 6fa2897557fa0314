"""A guardian is contacted, never the child."""

import json

import pytest
from django.core import mail

from core.messages.text import FILE_NAME
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import Guardianship, Message, Patient
from tests.frontend.portal.messaging import asking, somebody

CHILD = {"given_name": "Mia", "phones": ["(503) 555-0111"], "emails": ["mia@example.com"]}


@pytest.fixture(params=["text", "email"])
def went_out(request, in_aurora, settings, tmp_path, now):
    """went_out(child): where a message went, by each channel."""
    settings.TEXT_FOLDER = tmp_path

    def sent(child):
        template = asking(request.param)
        message = queue(patient_id=child.id, template_id=template.id, by_person_id=None, now=now)
        deliver(message_id=message.id, now=now)
        file = tmp_path / FILE_NAME
        texts = [json.loads(line)["to"] for line in file.read_text().splitlines()] if file.exists() else []
        return texts + [to for one in mail.outbox for to in one.to]

    return sent


def test_what_is_about_a_child_goes_to_the_guardian_alone(went_out, now):
    child = somebody(now, **CHILD, birth=(now.year - 12, 5, 4))
    Guardianship.objects.create(patient=child, name="Anna Ellison", phone="(503) 555-0122", email="anna@example.com")
    assert went_out(child) in (["+15035550122"], ["anna@example.com"])
    assert "Mia’s visit" in Message.objects.get().body


def test_without_a_guardian_nothing_goes_out(went_out, now):
    assert went_out(somebody(now, **CHILD, birth=(now.year - 12, 5, 4))) == []
    assert Message.objects.get().rule == "no_guardian"


def test_who_may_still_be_a_minor_counts_as_one(went_out, now):
    """Only the year is known: in December they may still be seventeen."""
    assert went_out(somebody(now, **CHILD, birth=(now.year - 18, None, None))) == []


def test_a_guardian_who_wants_no_contact_is_left_alone(went_out, now):
    child = somebody(now, **CHILD, birth=(now.year - 12, 5, 4))
    mother = somebody(now, given_name="Anna", emails=["anna@example.com"])
    Patient.objects.filter(id=mother.id).update(no_contact=True)
    Guardianship.objects.create(patient=child, guardian=mother)
    assert went_out(child) == []
