"""Who asked and never came is forgotten after 24 months of quiet."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from infra.broker import app
from loyalty.inquiries.become_patient import NewPatient, become_patient
from loyalty.inquiries.call import call
from loyalty.inquiries.close import close, reopen
from loyalty.inquiries.forget import KEPT_FOR, forget_inquiries
from loyalty.models import Inquiry, InquiryCall, Patient

DAY = timedelta(days=1)


@pytest.fixture
def forgotten():
    """forgotten(at) → whether she is gone after that night."""
    return lambda at: (forget_inquiries(now=at), Inquiry.objects.count()) == (1, 0)


def test_24_months_after_it_was_closed_it_is_erased_with_its_calls_and_the_trail_keeps_an_id(ruth, now, forgotten):
    call(inquiry_id=ruth.id, outcome="reached", notes="Afraid of needles", by_staff_id=None, now=now)
    close(inquiry_id=ruth.id, because="Went elsewhere", now=now + DAY)
    assert not forgotten(now + KEPT_FOR + DAY)
    assert forgotten(now + KEPT_FOR + 2 * DAY)
    assert not InquiryCall.objects.exists()
    entry = Entry.objects.get(verb="inquiry.forgotten")
    assert (entry.subject_id, entry.patients, entry.detail) == (ruth.id, [], {})


def test_whoever_was_called_since_is_kept_from_that_day_on(ruth, now, forgotten):
    later = now + 300 * DAY
    call(inquiry_id=ruth.id, outcome="reached", by_staff_id=None, now=later)
    assert not forgotten(now + KEPT_FOR + DAY)
    assert forgotten(later + KEPT_FOR + DAY)


def test_whoever_asked_again_is_kept_while_a_call_is_due(ruth, now, forgotten):
    close(inquiry_id=ruth.id, because="Too far", now=now)
    again = now + KEPT_FOR - DAY
    reopen(inquiry_id=ruth.id, now=again)
    assert not forgotten(now + KEPT_FOR + DAY)
    assert forgotten(again + KEPT_FOR + 5 * DAY)


def test_nobody_ever_called_and_it_came_to_nothing_all_the_same(ruth, now, forgotten):
    assert not forgotten(now + KEPT_FOR)
    assert forgotten(now + KEPT_FOR + 2 * DAY)


def test_what_a_patient_said_before_they_came_stays_part_of_their_record(ruth, now):
    who = NewPatient(given_name="Ruth", family_name="Calloway", phones=["(503) 555-0171"])
    become_patient(inquiry_id=ruth.id, who=who, by_staff_id=None, now=now)
    assert forget_inquiries(now=now + 3 * KEPT_FOR) == 0
    assert Inquiry.objects.get().patient == Patient.objects.get()


def test_it_is_done_every_night():
    assert "inquiries.forget_everywhere" in [one["task"] for one in app.conf.beat_schedule.values()]
