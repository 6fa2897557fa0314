"""What cannot wait stands on Today."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, tell
from loyalty.models import Inquiry, Recovery
from loyalty.today import today


@pytest.fixture
def unhappy(completed, make_patient, now):
    """unhappy("Ana Ruiz"): was here four days ago and was not happy; nobody called since."""

    def made(name="Ana Ruiz", *, days=4):
        at = now - timedelta(days=days)
        visit = completed(at=at, patient_id=make_patient(name).id)
        record(visit_id=visit.id, mode="kiosk", score=3, now=at)
        return Recovery.objects.get(feedback__visit=visit)

    return made


def test_recoveries_that_are_overdue_stand_there_the_longest_overdue_first(unhappy, now):
    unhappy("Ana Ruiz", days=4)
    unhappy("Bo Berg", days=6)
    urgent = today(now=now, feedback=True).urgent
    assert (urgent.recoveries, [one.name for one in urgent.first]) == (2, ["Bo Berg", "Ana Ruiz"])


def test_the_first_three_by_name_and_the_others_as_a_number(unhappy, now):
    for number in range(5):
        unhappy(f"Ana Ruiz{number}", days=4 + number)
    urgent = today(now=now, feedback=True).urgent
    assert (urgent.recoveries, len(urgent.first), urgent.others) == (5, 3, 2)


def test_one_that_is_closed_or_not_due_yet_does_not(unhappy, now):
    recovery = unhappy()
    tell(recovery_id=recovery.id, text="We told her.", by_staff_id=None, now=now)
    close(recovery_id=recovery.id, done_text="Called.", recovered=True, by_staff_id=None, now=now)
    Recovery.objects.filter(id=unhappy("Bo Berg").id).update(due_at=now + timedelta(hours=1))
    assert today(now=now, feedback=True).urgent.recoveries == 0


def test_who_may_not_see_answers_does_not_see_them(unhappy, now):
    unhappy()
    assert today(now=now, feedback=False).urgent.recoveries == 0


def test_whoever_is_named_stands_in_the_trail(unhappy, now):
    recovery = unhappy()
    today(now=now, feedback=True)
    assert recovery.patient_id in Entry.objects.filter(verb="day.read").latest("at").patients


def test_calls_count_from_the_day_they_are_due(booked, preview_of, now):
    due = preview_of(booked(starts_at=now + timedelta(days=3))).due_at
    assert today(now=due - timedelta(days=1)).urgent.calls == 0
    on_the_day, after = today(now=due - timedelta(hours=1)).urgent, today(now=due + timedelta(hours=1)).urgent
    assert (on_the_day.calls, on_the_day.calls_late) == (1, 0)
    assert (after.calls, after.calls_late) == (1, 1)


def test_nobody_is_called_who_must_not_be(booked, preview_of, patient, now):
    due = preview_of(booked(starts_at=now + timedelta(days=3))).due_at
    patient.no_contact = True
    patient.save()
    assert today(now=due).urgent.calls == 0


def test_who_asked_and_was_not_called_waits(location, now):
    Inquiry.objects.create(
        name="Quinn",
        asked_at=now - timedelta(days=3),
        due_at=now - timedelta(days=2),
        state="open",
        phone="(503) 555-0148",
    )
    Inquiry.objects.create(
        name="Rory", asked_at=now, due_at=now + timedelta(hours=2), state="open", phone="(503) 555-0148"
    )
    Inquiry.objects.create(
        name="Sol", asked_at=now, due_at=now + timedelta(days=2), state="open", phone="(503) 555-0148"
    )
    urgent = today(now=now).urgent
    assert (urgent.inquiries, urgent.inquiries_late, urgent.is_any) == (2, 1, True)


def test_a_quiet_day_has_nothing(location, now):
    assert today(now=now, feedback=True).urgent.is_any is False
