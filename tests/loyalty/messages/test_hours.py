from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from loyalty.messages.hours import next_open

PACIFIC, EASTERN = ZoneInfo("America/Los_Angeles"), ZoneInfo("America/New_York")


def at(text: str, zone: ZoneInfo = PACIFIC) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "opens"),
    [
        ("2026-11-23T08:00", "2026-11-23T08:00"),
        ("2026-11-23T20:59:59", "2026-11-23T20:59:59"),
        ("2026-11-23T21:00", "2026-11-24T08:00"),
        ("2026-11-23T07:59:59", "2026-11-23T08:00"),
        ("2026-11-23T00:00", "2026-11-23T08:00"),
        # The nights that the clocks change: eight is eight.
        ("2026-03-07T22:00", "2026-03-08T08:00"),
        ("2026-10-31T22:00", "2026-11-01T08:00"),
    ],
)
def test_from_nine_to_eight_it_is_quiet(now, opens):
    assert next_open(at(now), [PACIFIC]) == at(opens)


def test_both_zones_must_be_awake():
    assert next_open(at("2026-11-23T08:30", EASTERN), [PACIFIC, EASTERN]) == at("2026-11-23T08:00")
    assert next_open(at("2026-11-23T19:00"), [PACIFIC, EASTERN]) == at("2026-11-24T08:00")


def test_zones_that_are_never_awake_together_are_said_so():
    zones = [ZoneInfo("Pacific/Honolulu"), ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Tokyo")]
    assert next_open(at("2026-11-23T12:00"), zones) is None


def test_without_a_zone_nothing_is_known():
    with pytest.raises(ValueError, match="time zone"):
        next_open(at("2026-11-23T12:00"), [])
