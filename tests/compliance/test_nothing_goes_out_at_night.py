"""Quiet hours by the patient's time zone: nine in the evening to eight in the morning. Held, never dropped."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import Location, Message
from tests.frontend.portal.messaging import asking, somebody

PACIFIC, EASTERN = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")


@pytest.fixture(autouse=True)
def _texts(settings, tmp_path):
    settings.TEXT_FOLDER = tmp_path


def state_at(who, moment, channel="text"):
    Message.objects.all().delete()
    return queue(patient_id=who.id, template_id=asking(channel).id, by_person_id=None, now=moment)


@pytest.mark.parametrize("channel", ["text", "email"])
def test_every_hour_of_a_day(in_aurora, now, channel):
    who = somebody(now)
    midnight = datetime(2026, 11, 24, tzinfo=PACIFIC)
    open_hours = [
        hour for hour in range(24) if state_at(who, midnight + timedelta(hours=hour), channel).state == "queued"
    ]
    assert open_hours == list(range(8, 21))


def test_a_number_from_further_east_is_quiet_by_its_own_clock(in_aurora, now):
    who = somebody(now, phones=["(212) 555-0148"])
    midnight = datetime(2026, 11, 24, tzinfo=PACIFIC)
    open_hours = [hour for hour in range(24) if state_at(who, midnight + timedelta(hours=hour)).state == "queued"]
    assert open_hours == list(range(8, 18))


def test_the_location_of_the_practice_counts(in_aurora, now):
    who = somebody(now)
    Location.objects.update(time_zone="America/New_York")
    held = state_at(who, datetime(2026, 11, 24, 19, 0, tzinfo=PACIFIC), "email")
    assert held.not_before == datetime(2026, 11, 25, 8, 0, tzinfo=EASTERN)


def test_it_waits_for_the_morning_and_then_goes_out(in_aurora, now):
    held = state_at(somebody(now), datetime(2026, 11, 24, 22, 0, tzinfo=PACIFIC))
    morning = datetime(2026, 11, 25, 8, 0, tzinfo=PACIFIC)
    assert (held.state, held.rule, held.not_before) == ("held", "quiet_hours", morning)
    deliver(message_id=held.id, now=morning - timedelta(minutes=1))
    assert Message.objects.get().state == "held"
    deliver(message_id=held.id, now=morning)
    assert Message.objects.get().state == "sent"


def test_a_sender_that_comes_late_does_not_send_at_night(in_aurora, now):
    queued = state_at(somebody(now), datetime(2026, 11, 24, 20, 59, tzinfo=PACIFIC))
    assert queued.state == "queued"
    deliver(message_id=queued.id, now=datetime(2026, 11, 24, 21, 0, tzinfo=PACIFIC))
    assert Message.objects.get().state == "held"
