"""Discretion wishes are obeyed by texts and emails: no contact, not this number, not at home, plain."""

import pytest
from django.core import mail

from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import ContactPoint, Message, Patient
from loyalty.patients.enrol import enrol
from tests.frontend.portal.messaging import asking, somebody


@pytest.fixture
def who(in_aurora, now):
    return somebody(now)


@pytest.fixture
def rule(who, now):
    def asked(channel):
        return queue(patient_id=who.id, template_id=asking(channel).id, by_person_id=None, now=now).rule

    return asked


@pytest.mark.parametrize("channel", ["text", "email"])
def test_no_contact_is_no_contact(who, rule, channel):
    Patient.objects.update(no_contact=True)
    assert rule(channel) == "no_contact"


@pytest.mark.parametrize("channel", ["text", "email"])
def test_nobody_writes_to_the_dead(who, rule, channel):
    Patient.objects.update(deceased=True)
    assert rule(channel) == "deceased"


@pytest.mark.parametrize("channel", ["text", "email"])
def test_nobody_is_written_to_by_a_record_that_became_part_of_another(who, rule, channel, now):
    Patient.objects.filter(id=who.id).update(merged_into=enrol(given_name="Margo", family_name="Ellison", now=now))
    assert rule(channel) == "merged"


@pytest.mark.parametrize("channel", ["text", "email"])
def test_not_this_number_and_not_this_address(who, rule, channel):
    ContactPoint.objects.update(do_not_use=True)
    assert rule(channel) == "not_this_address"


@pytest.mark.parametrize("channel", ["text", "email"])
def test_not_at_home(who, rule, channel):
    ContactPoint.objects.update(label="home")
    Patient.objects.update(not_at_home=True)
    assert rule(channel) == "not_at_home"


def test_who_asked_for_plain_contact_gets_no_text_and_an_email_that_names_us_only_inside(who, rule, now):
    Patient.objects.update(plain_envelope=True)
    assert rule("text") == "plain_only"
    assert rule("email") == ""
    deliver(message_id=Message.objects.get(state="queued").id, now=now)
    (sent,) = mail.outbox
    assert "Aurora" not in sent.subject + sent.from_email


def test_a_wish_that_comes_between_queue_and_sending_is_obeyed(who, rule, now):
    rule("email")
    ContactPoint.objects.update(do_not_use=True)
    deliver(message_id=Message.objects.get().id, now=now)
    assert (Message.objects.get().rule, mail.outbox) == ("not_this_address", [])
