"""Somebody asks before they book."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.inquiries.assign import assign
from loyalty.inquiries.close import close, reopen
from loyalty.inquiries.take import correct
from loyalty.models import Holiday, Inquiry, Location, OpeningHours, Patient, PlaybookRule, Staff


def test_it_is_kept_as_they_said_it(ask, location, patient, now):
    ask(
        name=" Ruth Calloway ",
        email="Ruth@Example.com",
        referrer_id=patient.id,
        wants=" Look less tired.\r\nNothing dramatic. ",
        expects="A price first.",
        worries="Needles.",
    )
    kept = Inquiry.objects.get()
    assert (kept.name, kept.phone, kept.email) == ("Ruth Calloway", "(503) 555-0171", "Ruth@Example.com")
    assert (kept.wants, kept.expects, kept.worries) == (
        "Look less tired.\nNothing dramatic.", "A price first.", "Needles.",
    )  # fmt: skip
    assert (kept.referrer, kept.found_via, kept.location) == (patient, "friend", location)
    assert (kept.asked_at, kept.state, kept.first_called_at, kept.patient) == (now, "open", None, None)


def test_the_trail_names_the_inquiry_and_who_sent_them(ask, patient):
    kept = ask(referrer_id=patient.id)
    entry = Entry.objects.get(verb="inquiry.taken")
    assert (entry.subject_kind, entry.subject_id, entry.patients) == ("inquiry", kept.id, [patient.id])


def test_the_first_call_is_due_by_the_end_of_the_next_working_day(ask):
    assert ask().due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tuesday, 5 pm


def test_it_is_due_in_the_working_hours_of_the_location_they_asked(ask, location):
    OpeningHours.objects.create(location=location, weekday=2, opens=time(10), closes=time(19))
    OpeningHours.objects.create(location=location, weekday=0, opens=time(10), closes=time(19))
    Holiday.objects.create(location=location, day=date(2026, 11, 25), name="Closed")
    assert ask().due_at == datetime(2026, 12, 1, 3, 0, tzinfo=UTC)  # Monday a week later, 7 pm


def test_the_playbook_says_when(ask):
    PlaybookRule.objects.filter(trigger="inquiry").update(delay=2, delay_unit="hours")
    assert ask().due_at == datetime(2026, 11, 23, 19, 0, tzinfo=UTC)
    PlaybookRule.objects.filter(trigger="inquiry").update(is_on=False)
    assert ask().due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "\u200b"}, "name"),
        ({"name": "x" * 121}, "name"),
        ({"phone": "", "email": ""}, "phone"),
        ({"guardian_name": "\u200b"}, "guardian_name"),
        ({"phone": "12"}, "phone"),
        ({"email": "ruth"}, "email"),
        ({"found_via": "pigeon"}, "found_via"),
        ({"wants": "a\0b"}, "wants"),
        ({"worries": "x" * 2001}, "worries"),
        ({"referrer_id": uuid7()}, "referrer_id"),
        ({"location_id": uuid7()}, "location_id"),
        ({"assigned_to_id": uuid7()}, "assigned_to_id"),
    ],
)
def test_what_cannot_be_kept_is_refused(ask, said, field):
    with pytest.raises(DomainError) as refused:
        ask(**said)
    assert refused.value.field == field
    assert not Inquiry.objects.exists()


def test_a_record_that_was_merged_away_sent_nobody(ask, patient, make_patient):
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Marguerite Ellison"))
    with pytest.raises(DomainError, match="somebody who is a patient"):
        ask(referrer_id=patient.id)


def test_of_several_locations_one_is_chosen_or_none(ask, location):
    other = Location.objects.create(name="Other", time_zone="America/New_York")
    assert ask().location is None
    assert ask(location_id=other.id).due_at == datetime(2026, 11, 24, 22, 0, tzinfo=UTC)  # Tuesday, 5 pm in New York


def test_it_is_corrected_while_it_is_open(ruth, now):
    said = {
        "name": "Ruth Calloway-Hill", "phone": "", "email": "ruth@example.com", "guardian_name": "",
        "found_via": "search", "referrer_id": None, "referrer_name": "", "wants": "", "expects": "", "worries": "",
        "location_id": None,
    }  # fmt: skip
    correct(inquiry_id=ruth.id, **said, now=now)
    kept = Inquiry.objects.get()
    assert (kept.name, kept.phone, kept.email, kept.wants) == ("Ruth Calloway-Hill", "", "ruth@example.com", "")
    assert kept.due_at == ruth.due_at
    close(inquiry_id=ruth.id, because="Went elsewhere", now=now)
    with pytest.raises(Conflict, match="was closed at 9:00 am"):
        correct(inquiry_id=ruth.id, **said, now=now)


# --- Whose it is


def test_a_colleague_looks_after_it(ruth, front_desk, provider, now):
    assign(inquiry_id=ruth.id, staff_id=front_desk.id, was=None, now=now)
    assert Inquiry.objects.get().assigned_to == front_desk
    with pytest.raises(Conflict, match="Meanwhile this belongs to Maya"):
        assign(inquiry_id=ruth.id, staff_id=provider.id, was=None, now=now)
    Staff.objects.filter(id=provider.id).update(is_active=False)
    with pytest.raises(DomainError, match="a colleague who is there"):
        assign(inquiry_id=ruth.id, staff_id=provider.id, was=front_desk.id, now=now)
    assign(inquiry_id=ruth.id, staff_id=None, was=front_desk.id, now=now)
    assert Inquiry.objects.get().assigned_to is None
    close(inquiry_id=ruth.id, because="Went elsewhere", now=now)
    with pytest.raises(Conflict, match="was closed at 9:00 am"):
        assign(inquiry_id=ruth.id, staff_id=front_desk.id, was=None, now=now)


# --- Closed, and opened again


def test_it_is_closed_with_a_reason(ruth, now):
    with pytest.raises(DomainError, match="Say why"):
        close(inquiry_id=ruth.id, because=" ", now=now)
    close(inquiry_id=ruth.id, because="Went elsewhere", now=now)
    kept = Inquiry.objects.get()
    assert (kept.state, kept.closed_at, kept.closed_because, kept.due_at) == ("closed", now, "Went elsewhere", None)
    with pytest.raises(Conflict, match="was closed at 9:00 am"):
        close(inquiry_id=ruth.id, because="Again", now=now)


def test_who_asks_again_is_called_again(ruth, now):
    with pytest.raises(Conflict, match="is open"):
        reopen(inquiry_id=ruth.id, now=now)
    close(inquiry_id=ruth.id, because="Went elsewhere", now=now)
    later = now + timedelta(days=100)
    reopen(inquiry_id=ruth.id, now=later)
    kept = Inquiry.objects.get()
    assert (kept.state, kept.closed_at, kept.closed_because) == ("open", None, "")
    assert kept.due_at > later


def test_an_inquiry_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        close(inquiry_id=uuid7(), because="Gone", now=now)
