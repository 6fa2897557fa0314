"""A personal day is honored, planned or not, and the page says so."""

from datetime import date, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from loyalty.models import Consent, Guardianship, Occasion, Patient, Touchpoint
from loyalty.occasions.honor import honor, leave_out
from loyalty.occasions.pages import State, month_of, week_of
from loyalty.touchpoints.contacts import undo

TODAY = date(2026, 11, 23)
WEDDING = date(2026, 11, 25)


@pytest.fixture
def wedding(patient, location):
    return Occasion.objects.create(patient=patient, kind="anniversary", label="Wedding", month=11, day=25, year=2016)


@pytest.fixture
def celebrate(patient, wedding, front_desk, now):
    def done(**fields):
        usual = {"patient_id": patient.id, "day": WEDDING, "channel": "card", "by_staff_id": front_desk.id, "now": now}
        return honor(**{**usual, **fields})

    return done


@pytest.fixture
def answers(now):
    def said(patient, *, granted, at=now):
        Consent.objects.create(
            patient=patient, channel="letter", purpose="visits", granted=granted, decided_at=at, source="on paper"
        )

    return said


def items(span):
    return [
        (day.day, item.what, item.state) for day in span.days for item in day.items if item.what != "2 years with us"
    ]


def test_the_week_shows_what_is_to_be_done_and_what_was(celebrate, now):
    assert items(week_of(None, now=now)) == [(WEDDING, "Wedding, 10 years", State.DUE)]
    celebrate()
    week = week_of(None, now=now)
    assert items(week) == [(WEDDING, "Wedding, 10 years", State.HONORED)]
    (item,) = [one for day in week.days for one in day.items if one.occasion_id]
    assert item.told == "Card, at 9:00 am by Maya"
    assert (week.first, week.last, week.before, week.after) == (
        TODAY,
        date(2026, 11, 29),
        date(2026, 11, 16),
        date(2026, 11, 30),
    )


def test_a_month_counts_what_fell_and_what_was_honored(celebrate, make_patient, now):
    Occasion.objects.create(patient=make_patient("Ann Other"), kind="custom", label="Run", month=11, day=1)
    celebrate()
    month = month_of(None, now=now + timedelta(days=2))
    assert (month.first, month.last) == (date(2026, 11, 1), date(2026, 11, 30))
    honored = {(day.day, item.what): item.state for day in month.days for item in day.items}
    assert honored[date(2026, 11, 1), "Run"] == State.MISSED
    assert honored[WEDDING, "Wedding, 10 years"] == State.HONORED
    assert (month.fell, month.honored) >= (2, 1)


def test_far_ahead_nothing_is_to_be_done_yet(wedding, now):
    Occasion.objects.update(month=12, day=24)
    assert items(month_of(date(2026, 12, 1), now=now)) == [(date(2026, 12, 24), "Wedding, 10 years", State.AHEAD)]
    Occasion.objects.update(lead_days=40)
    assert items(month_of(date(2026, 12, 1), now=now))[0][2] == State.DUE


def test_leap_days_stand_on_the_28th(wedding, now):
    Occasion.objects.update(month=2, day=29)
    assert items(month_of(date(2027, 2, 10), now=now))[0][0] == date(2027, 2, 28)
    assert items(month_of(date(2028, 2, 10), now=now))[0][0] == date(2028, 2, 29)


def test_the_second_is_told_who_was_first_and_it_can_be_undone(celebrate, now):
    contact = celebrate()
    with pytest.raises(Conflict, match="was done at 9:00 am by Maya"):
        celebrate(channel="call")
    undo(touchpoint_id=contact.id, now=now)
    assert celebrate(channel="call").id == contact.id
    assert Touchpoint.objects.get(kind="occasion").channel == "call"


def test_left_out_with_a_reason(patient, wedding, now):
    leave_out(patient_id=patient.id, day=WEDDING, reason="They are parting", by_staff_id=None, now=now)
    (item,) = [one for day in week_of(None, now=now).days for one in day.items if one.occasion_id]
    assert (item.state, item.told) == (State.SKIPPED, "They are parting")


def test_no_card_where_no_mail_is_wished(celebrate, patient):
    Patient.objects.filter(id=patient.id).update(not_at_home=True)
    with pytest.raises(DomainError, match="no mail at home"):
        celebrate()
    assert not Touchpoint.objects.exists()
    assert celebrate(channel="call")


def test_no_card_to_who_said_no_to_letters_until_they_say_yes(celebrate, patient, answers, now):
    answers(patient, granted=False)
    (item,) = [one for day in week_of(None, now=now).days for one in day.items if one.occasion_id]
    assert (item.may_card, item.wishes) == (False, ("No letters",))
    with pytest.raises(DomainError, match="said no to letters"):
        celebrate()
    assert not Touchpoint.objects.exists()
    answers(patient, granted=True, at=now + timedelta(seconds=1))
    assert celebrate().channel == "card"


def test_a_childs_card_waits_for_no_guardian_who_said_no_to_letters(celebrate, patient, make_patient, answers):
    Patient.objects.filter(id=patient.id).update(birth_year=2012)
    mother = make_patient("Peg Ellison")
    Guardianship.objects.create(patient=patient, guardian=mother)
    answers(mother, granted=False)
    with pytest.raises(DomainError, match="The guardian said no to letters"):
        celebrate()
    assert celebrate(channel="call")


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_never_for_who_must_not_be_contacted(celebrate, patient, wish, now):
    Patient.objects.filter(id=patient.id).update(**{wish: True})
    with pytest.raises(DomainError, match="must not be contacted"):
        celebrate()
    assert items(week_of(None, now=now)) == []


def test_of_a_minor_the_guardian_is_turned_to(celebrate, patient):
    Patient.objects.filter(id=patient.id).update(birth_year=2012)
    with pytest.raises(DomainError, match="who the guardian is"):
        celebrate()
    Guardianship.objects.create(patient=patient, name="Peg Ellison")
    assert celebrate()


@pytest.mark.parametrize("whose", ["the child", "the guardian"])
def test_no_mail_home_of_the_child_or_the_guardian_is_no_card(celebrate, patient, make_patient, whose, now):
    Patient.objects.filter(id=patient.id).update(birth_year=2012)
    mother = make_patient("Peg Ellison")
    Guardianship.objects.create(patient=patient, guardian=mother)
    Patient.objects.filter(id=patient.id if whose == "the child" else mother.id).update(not_at_home=True)
    (item,) = [one for day in week_of(None, now=now).days for one in day.items if one.occasion_id]
    assert (item.may_card, item.wishes) == (False, ("Not at home",))
    with pytest.raises(DomainError, match="wishes no mail at home"):
        celebrate()
    Patient.objects.filter(id=mother.id).update(no_contact=True)
    Guardianship.objects.create(patient=patient, name="Ben Ellison")
    (item,) = [one for day in week_of(None, now=now).days for one in day.items if one.occasion_id]
    # What binds a guardian who is not turned to binds nobody else.
    assert item.may_card is (whose == "the guardian")


def test_a_guardian_of_somebody_of_age_has_no_say(celebrate, patient, make_patient):
    mother = make_patient("Peg Ellison")
    Patient.objects.filter(id=mother.id).update(not_at_home=True)
    Guardianship.objects.create(patient=patient, guardian=mother)
    assert celebrate()


def test_a_day_on_which_nothing_falls_is_not_honored(celebrate):
    with pytest.raises(NotFound):
        celebrate(day=WEDDING + timedelta(days=1))
    with pytest.raises(Conflict, match="too far away"):
        celebrate(day=date(2027, 11, 25))


def test_the_calendar_ends_somewhere(wedding, now):
    assert week_of(date(1900, 1, 1), now=now).before is None
    assert month_of(date(9999, 12, 31), now=now).after is None


def test_a_page_takes_few_queries(celebrate, now, django_assert_max_num_queries):
    celebrate()
    with django_assert_max_num_queries(5):
        month_of(None, now=now)
