"""Minutes of human contact by person and week."""

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalty.models import Touchpoint
from loyalty.staff.time_given import Given, time_given

HERE = ZoneInfo("America/Los_Angeles")


@pytest.fixture
def contact(patient, now):
    """contact(staff, minutes=…, days=…): one that was made so many days ago."""

    def made(staff, *, minutes=None, days=0, **fields):
        usual = {"kind": "check_in", "channel": "call", "state": "done", "role": "front_desk"}
        at = now - timedelta(days=days)
        return Touchpoint.objects.create(
            patient=patient, day=at.date(), due_at=at, done_at=at, done_by=staff, minutes=minutes, **{**usual, **fields}
        )

    return made


def test_minutes_stand_with_who_gave_them_in_their_week(contact, provider, front_desk, now):
    contact(provider, minutes=3, kind="note", channel="card")
    contact(provider, minutes=5, days=7)
    contact(front_desk, minutes=20)
    given = time_given(zone=HERE, now=now)
    assert given.weeks[-1] == date(2026, 11, 23)
    assert [one.name for one in given.staff] == ["Maya", "Dr. Sato"]
    assert given.staff[1].weeks[-2:] == (Given(1, 1, 5, 0, 1), Given(1, 1, 3, 1, 0))
    assert given.total == Given(3, 3, 28, 1, 2)


def test_a_contact_without_minutes_counts_as_a_contact_only(contact, provider, now):
    contact(provider)
    contact(provider, minutes=4)
    assert time_given(zone=HERE, now=now).total == Given(2, 1, 4, 0, 2)


def test_what_software_sends_is_no_human_contact(contact, provider, now):
    contact(provider, minutes=4, channel="text")
    contact(provider, minutes=4, channel="email")
    assert time_given(zone=HERE, now=now).staff == ()


def test_what_is_only_planned_does_not_count(contact, provider, now):
    contact(provider, minutes=4, state="skipped")
    assert time_given(zone=HERE, now=now).total == Given()


def test_a_week_begins_at_midnight_where_the_practice_is(contact, provider, now):
    # Now is Monday, 9 in the morning in Los Angeles: ten hours ago it was Sunday there, and Monday in Greenwich.
    contact(provider, minutes=4, days=10 / 24)
    assert [week.minutes for week in time_given(zone=HERE, now=now).totals[-2:]] == [4, 0]


def test_contacts_that_nobody_was_named_for_come_last(contact, provider, now):
    contact(None, minutes=60)
    contact(provider, minutes=1)
    assert [one.name for one in time_given(zone=HERE, now=now).staff] == ["Dr. Sato", ""]


def test_nine_weeks_ago_is_out_of_sight(contact, provider, now):
    contact(provider, minutes=4, days=56)
    assert time_given(zone=HERE, now=now).staff == ()
