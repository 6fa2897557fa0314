"""How much went back to patients in a quarter."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from loyalty.gifts.given_back import given_back
from loyalty.models import Gift, Touchpoint
from loyalty.touchpoints.notes import written

ZONE = ZoneInfo("America/Los_Angeles")


def test_gifts_and_notes_of_the_quarter_are_summed(completed, note_of, patient, make_patient, now):
    other = make_patient("Ann Other")
    for who, day, cents in (
        (patient, date(2026, 10, 1), 1200),
        (other, date(2026, 12, 31), 300),
        (other, date(2026, 9, 30), 5000),
        (other, date(2027, 1, 1), 7000),
    ):
        Gift.objects.create(patient=who, what="Tea", value_cents=cents, given_on=day)
    written(touchpoint_id=note_of(completed()).id, by_staff_id=None, now=now)
    Touchpoint.objects.filter(kind="note").update(cost_cents=180)
    told = given_back(year=2026, quarter=4)
    assert (told.first, told.until) == (date(2026, 10, 1), date(2027, 1, 1))
    assert (told.gifts, told.gift_cents, told.notes, told.costed_notes, told.note_cents) == (2, 1500, 1, 1, 180)
    assert (told.patients, told.cents) == (2, 1680)


def test_a_note_counts_on_its_local_day(completed, note_of, now):
    note = note_of(completed(at=now))
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    midnight = datetime(2027, 1, 1, tzinfo=ZONE)
    Touchpoint.objects.filter(id=note.id).update(done_at=midnight - timedelta(seconds=1))
    assert (given_back(year=2026, quarter=4).notes, given_back(year=2027, quarter=1).notes) == (1, 0)
    Touchpoint.objects.filter(id=note.id).update(done_at=midnight)
    assert (given_back(year=2026, quarter=4).notes, given_back(year=2027, quarter=1).notes) == (0, 1)


def test_nothing_is_nothing(location):
    told = given_back(year=2026, quarter=2)
    assert (told.cents, told.patients, told.first, told.until) == (0, 0, date(2026, 4, 1), date(2026, 7, 1))


@pytest.mark.parametrize("quarter", [0, 5])
def test_a_year_has_four_quarters(location, quarter):
    with pytest.raises(ValueError, match="quarters 1 to 4"):
        given_back(year=2026, quarter=quarter)
