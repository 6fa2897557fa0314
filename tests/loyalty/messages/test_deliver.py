"""Sending: asked again, claimed once, and written down whatever the provider says."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.messages.result import Accepted, Refused, TryAgain, Unclear
from loyalty.messages.consent import answer
from loyalty.messages.deliver import BACKOFF, _claim, _settle
from loyalty.messages.sweep import ABANDONED, due, give_up_abandoned
from loyalty.messages.wording import VERSION
from loyalty.models import Message, MessageTemplate, Patient, Suppression
from loyalty.visits.book import book
from loyalty.visits.cancel import cancel
from loyalty.visits.move import move
from tests.loyalty.messages.conftest import EMAIL, PHONE


def test_a_text_names_the_practice_and_how_to_stop(patient, write, send, texts, now):
    message = send(write(patient))
    assert (message.state, message.sent_at, message.attempts) == ("sent", now, 1)
    assert message.provider_id
    (text,) = texts()
    assert text["to"] == PHONE
    assert text["body"] == "Aurora Aesthetics: Hello Marguerite, your visit is soon. Reply STOP to opt out."
    assert Entry.objects.get(verb="message.sent").patients == [patient.id]


def test_an_email_carries_address_and_way_out(patient, write, send, emails):
    send(write(patient, channel="email"))
    (email,) = emails
    assert (email.to, email.subject) == ([EMAIL], "About your visit")
    assert email.from_email.startswith("Aurora Aesthetics <")
    assert "Aurora Aesthetics, 12 Main Street, Portland, OR 97205" in email.body
    link = email.extra_headers["List-Unsubscribe"].strip("<>")
    assert link.startswith("http://aurora.perennial.localhost:8000/stop/")
    assert f"Stop all email from us: {link}" in email.body
    assert email.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "marguerite" not in link.lower()


def test_a_plain_email_says_nothing_of_us_on_the_outside(patient, write, send, emails):
    Patient.objects.filter(id=patient.id).update(plain_envelope=True)
    send(write(patient, channel="email"))
    (email,) = emails
    assert (email.subject, email.from_email) == ("A message for you", "no-reply@perennial.localhost")
    assert "Aurora Aesthetics" in email.body


def test_twice_asked_it_is_sent_once(patient, write, send, texts):
    message = write(patient)
    send(message)
    send(message)
    assert len(texts()) == 1


def test_before_its_time_it_waits(patient, write, send, texts, now):
    held = write(patient, at=now + timedelta(hours=13))
    assert send(held, at=held.not_before - timedelta(seconds=1)).state == "held"
    assert texts() == []
    assert send(held, at=held.not_before).state == "sent"


@pytest.mark.parametrize(("wish", "rule"), [({"deceased": True}, "deceased"), ({"no_contact": True}, "no_contact")])
def test_what_changed_since_it_was_queued_counts(patient, write, send, texts, wish, rule):
    message = write(patient)
    Patient.objects.filter(id=patient.id).update(**wish)
    assert (send(message).state, send(message).rule) == ("refused", rule)
    assert texts() == []


def test_a_no_meanwhile_calls_it_off(patient, write, send, texts, now):
    message = write(patient)
    answer(
        patient_id=patient.id,
        channel="text",
        purpose="visits",
        granted=False,
        source="told the front desk",
        version=VERSION,
        by_person_id=None,
        now=now,
    )
    assert (send(message).state, send(message).rule) == ("cancelled", "stopped")
    assert texts() == []


def test_a_late_job_does_not_send_at_night(patient, write, send, texts, now):
    message = send(write(patient), at=now + timedelta(hours=13))
    assert (message.state, message.rule) == ("held", "quiet_hours")
    assert texts() == []


def test_a_number_that_changed_since_is_the_one_that_is_used(patient, write, send, texts):
    message = write(patient)
    patient.contact_points.filter(kind="phone").update(value="(503) 555-0177", search="5035550177")
    send(message)
    assert texts()[0]["to"] == "+15035550177"


def test_of_a_visit_that_moved_or_was_cancelled_nothing_is_said(patient, write, send, location, now):
    visit = book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=3), now=now)
    first, second = (write(patient, body="{visit_day}") for _ in range(2))
    move(visit_id=visit.id, starts_at=now + timedelta(days=4), now=now)
    assert send(first).rule == "visit_changed"
    third = write(patient, body="{visit_day}")
    cancel(visit_id=visit.id, now=now)
    assert send(third).rule == "visit_changed"
    assert send(second).rule == "visit_changed"


def test_what_waited_too_long_is_out_of_date(patient, write, send, texts, now):
    """A practice that was suspended, or a worker that stood still."""
    message = send(write(patient), at=now + timedelta(days=2, seconds=1))
    assert (message.state, message.rule) == ("refused", "too_late")
    assert texts() == []


def test_a_template_switched_off_meanwhile_sends_nothing(patient, write, send):
    message = write(patient)
    MessageTemplate.objects.update(is_on=False)
    assert send(message).rule == "template_off"


def test_a_refusal_at_the_last_moment_is_in_the_trail(patient, write, send):
    message = write(patient)
    Patient.objects.filter(id=patient.id).update(deceased=True)
    send(message)
    entry = Entry.objects.get(verb="message.refused")
    assert entry.detail == {"state": "refused", "rule": "deceased"}


@pytest.fixture
def claimed(patient, write, now):
    return _claim(write(patient).id, now=now)[0]


def test_who_comes_second_finds_it_claimed(claimed, now):
    assert claimed.state == "sending"
    assert _claim(claimed.id, now=now) is None


def test_after_a_failure_that_is_sure_it_is_tried_again_later_each_time(claimed, now):
    at = now
    for wait in BACKOFF:
        _settle(Message.objects.get(id=claimed.id), TryAgain("unreachable"), now=at)
        message = Message.objects.get(id=claimed.id)
        assert (message.state, message.not_before) == ("queued", at + wait)
        at = message.not_before
        Message.objects.filter(id=message.id).update(state="sending", claimed_at=at, attempts=message.attempts + 1)
    _settle(Message.objects.get(id=claimed.id), TryAgain("unreachable"), now=at)
    message = Message.objects.get(id=claimed.id)
    assert (message.state, message.rule) == ("failed", "gave_up")


def test_between_two_tries_nobody_tries(claimed, now, send, texts):
    _settle(claimed, TryAgain("unreachable"), now=now)
    waiting = send(claimed, at=now + BACKOFF[0] - timedelta(seconds=1))
    assert (waiting.state, waiting.attempts) == ("queued", 1)
    assert texts() == []
    assert send(claimed, at=now + BACKOFF[0]).state == "sent"


def test_what_may_have_gone_out_is_never_sent_again_by_itself(claimed, now, send, texts):
    _settle(claimed, Unclear("no_answer"), now=now)
    message = Message.objects.get(id=claimed.id)
    assert (message.state, message.rule) == ("unclear", "may_have_gone")
    assert due(now=now + timedelta(days=1)) == []
    assert send(message, at=now + timedelta(days=1)).state == "unclear"
    assert texts() == []


def test_a_crash_between_the_provider_and_the_commit_ends_as_perhaps_sent(claimed, now, texts):
    """The process died after the claim: nobody knows whether the provider was asked."""
    assert give_up_abandoned(now=now + ABANDONED) == 0
    assert give_up_abandoned(now=now + ABANDONED + timedelta(seconds=1)) == 1
    message = Message.objects.get(id=claimed.id)
    assert (message.state, message.rule) == ("unclear", "may_have_gone")
    assert texts() == []


def test_an_address_that_takes_nothing_is_put_on_the_list(claimed, now, write, patient):
    _settle(claimed, Refused("twilio_21610"), now=now)
    message = Message.objects.get(id=claimed.id)
    assert (message.state, message.rule) == ("failed", "provider_refused")
    assert Suppression.objects.get().reason == "unreachable"
    assert write(patient).rule == "provider_refused"


def test_another_refusal_says_nothing_of_the_address(claimed, now):
    _settle(claimed, Refused("twilio_30007"), now=now)
    assert Message.objects.get(id=claimed.id).state == "failed"
    assert not Suppression.objects.exists()


def test_a_result_that_comes_after_the_claim_was_given_up_still_counts(claimed, now):
    give_up_abandoned(now=now + ABANDONED + timedelta(seconds=1))
    _settle(claimed, Accepted("SM1"), now=now)
    message = Message.objects.get(id=claimed.id)
    assert (message.state, message.rule, message.provider_id) == ("sent", "", "SM1")


def test_what_is_due_comes_in_the_order_it_waits(patient, write, now):
    held = write(patient, at=now + timedelta(hours=13))
    fresh = write(patient, at=now + timedelta(hours=2))
    assert due(now=now + timedelta(hours=3)) == [fresh.id]
    assert due(now=held.not_before) == [fresh.id, held.id]
