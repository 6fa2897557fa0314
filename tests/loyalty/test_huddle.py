"""The sheet for the morning."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.errors import NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import Memory
from loyalty.today.huddle import huddle
from loyalty.visits.cancel import cancel


def test_it_holds_todays_visits_by_their_time_with_what_to_know(booked, patient, location, now):
    Memory.objects.create(patient=patient, text="Oat milk", source="told us", consented=True)
    booked(starts_at=now + timedelta(hours=3))
    booked(starts_at=now + timedelta(hours=1))
    sheet = huddle(now=now)
    assert [one.time for one in sheet.visits] == ["10:00 am", "12:00 pm"]
    assert "Oat milk" in [str(line) for line in sheet.visits[0].brief.remember]
    assert sheet.first_visits == 2


def test_what_was_called_off_is_not_on_it(booked, now):
    visit = booked(starts_at=now + timedelta(hours=1))
    cancel(visit_id=visit.id, now=now)
    assert huddle(now=now).visits == ()


def test_tomorrows_sheet_can_be_looked_at_the_evening_before(booked, now):
    booked(starts_at=now + timedelta(days=1))
    assert huddle(now=now).visits == ()
    tomorrow = huddle(now=now, ahead=1)
    assert (len(tomorrow.visits), tomorrow.is_today) == (1, False)


def test_clinical_memories_are_for_those_who_may(booked, patient, now):
    Memory.objects.create(patient=patient, text="Her mother is ill", source="x", consented=True, sensitivity="clinical")
    booked(starts_at=now + timedelta(hours=1))
    assert "ill" not in str(huddle(now=now).visits)
    assert "ill" in str(huddle(now=now, clinical=True).visits)


def test_what_falls_due_is_counted_and_recoveries_only_for_those_who_may_see_answers(completed, booked, now):
    visit = completed(at=now - timedelta(days=3))
    record(visit_id=visit.id, mode="kiosk", score=3, now=now - timedelta(days=3))
    booked(starts_at=now + timedelta(days=2))
    sheet = huddle(now=now, feedback=True)
    assert (sheet.recoveries, sheet.calls, sheet.notes) == (1, 1, 0)
    assert huddle(now=now).recoveries == 0


def test_whoever_opened_it_stands_in_the_trail_with_everybody_on_it(booked, patient, now):
    booked(starts_at=now + timedelta(hours=1))
    huddle(now=now)
    assert Entry.objects.filter(verb="huddle.read").latest("at").patients == [patient.id]


def test_a_location_that_is_not_open_has_none(booked, now):
    with pytest.raises(NotFound):
        huddle(now=now, location_id=uuid7())
