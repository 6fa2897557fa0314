"""Personal days become contacts some days ahead."""

from datetime import UTC, date, datetime, timedelta

import pytest

from loyalty.models import Consent, Occasion, Patient, PlaybookRule, Touchpoint, TouchpointKind, TouchpointState
from loyalty.occasions.plan import plan_occasions

# Saturday, November 28.
DAY = date(2026, 11, 28)


@pytest.fixture
def known(make_patient, completed, now):
    """known("Grace Chen", …): somebody who was here two months ago."""

    def made(name="Grace Chen", **fields):
        someone = make_patient(name, **fields)
        completed(patient_id=someone.id, at=now - timedelta(days=60))
        return someone

    return made


def planned():
    return list(Touchpoint.objects.filter(kind=TouchpointKind.OCCASION).order_by("day"))


def test_a_birthday_is_planned_a_week_ahead_and_due_four_days_before(known, now):
    grace = known(birth=(1976, 11, 28))
    assert plan_occasions(now=now) == 1
    (card,) = planned()
    assert (card.patient, card.day, card.channel, card.role) == (grace, DAY, "card", "provider")
    assert card.due_at == datetime(2026, 11, 25, 1, 0, tzinfo=UTC)  # Tuesday, 5 pm


def test_further_than_a_week_ahead_nothing_is_planned_yet(known, now):
    known(birth=(1976, 12, 1))
    assert plan_occasions(now=now) == 0
    assert plan_occasions(now=now + timedelta(days=1)) == 1


def test_run_again_it_makes_no_second_one(known, now):
    known(birth=(1976, 11, 28))
    assert [plan_occasions(now=now + timedelta(days=day)) for day in range(3)] == [1, 0, 0]


def test_what_was_settled_is_not_planned_again_but_what_was_called_off_is(known, now):
    known(birth=(1976, 11, 28))
    plan_occasions(now=now)
    Touchpoint.objects.filter(kind=TouchpointKind.OCCASION).update(state=TouchpointState.SKIPPED)
    assert plan_occasions(now=now) == 0
    Touchpoint.objects.filter(kind=TouchpointKind.OCCASION).update(state=TouchpointState.CANCELLED)
    assert plan_occasions(now=now) == 1


def test_what_was_told_says_itself_how_many_days_ahead(known, now):
    grace = known()
    wedding = Occasion.objects.create(patient=grace, kind="custom", label="Wedding", month=12, day=12, lead_days=19)
    Occasion.objects.create(patient=grace, kind="custom", label="Marathon", month=12, day=13, lead_days=19)
    assert plan_occasions(now=now) == 1
    assert planned()[0].occasion == wedding


def test_two_on_one_day_are_one_contact(known, now):
    grace = known(birth=(1976, 11, 28))
    Occasion.objects.create(patient=grace, kind="anniversary", label="Wedding", month=11, day=28)
    Patient.objects.filter(id=grace.id).update(patient_since=date(2020, 11, 28))
    assert plan_occasions(now=now) == 1
    assert planned()[0].occasion is None


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_some_are_left_in_peace(known, now, wish):
    grace = known(birth=(1976, 11, 28))
    Patient.objects.filter(id=grace.id).update(**{wish: True})
    assert plan_occasions(now=now) == 0


def test_a_minor_is_left_to_a_persons_judgment(known, now):
    known(birth=(2012, 11, 28))
    assert plan_occasions(now=now) == 0


def test_a_stranger_by_now_is_not_congratulated(make_patient, completed, booked, now):
    grace = make_patient("Grace Chen", birth=(1976, 11, 28))
    assert plan_occasions(now=now) == 0
    completed(patient_id=grace.id, at=now - timedelta(days=731))
    assert plan_occasions(now=now) == 0
    booked(patient_id=grace.id)
    assert plan_occasions(now=now) == 1


def test_no_card_goes_to_a_home_where_no_mail_may_go(known, now):
    grace = known(birth=(1976, 11, 28))
    Patient.objects.filter(id=grace.id).update(not_at_home=True)
    plan_occasions(now=now)
    assert planned()[0].channel == "in_person"


def test_no_card_goes_to_who_said_no_to_letters(known, now):
    grace = known(birth=(1976, 11, 28))
    Consent.objects.create(
        patient=grace, channel="letter", purpose="visits", granted=False, decided_at=now, source="on paper"
    )
    plan_occasions(now=now)
    assert planned()[0].channel == "in_person"


def test_the_playbook_may_ask_for_a_call_or_for_nothing(known, now):
    known(birth=(1976, 11, 28), phones=["(503) 555-0148"])
    rule = PlaybookRule.objects.filter(trigger="occasion")
    rule.update(is_on=False)
    assert plan_occasions(now=now) == 0
    rule.update(is_on=True, funded_by_vendor=True)
    assert plan_occasions(now=now) == 0
    rule.update(funded_by_vendor=False, channel="call", delay=0)
    assert plan_occasions(now=now) == 1
    assert (planned()[0].channel, planned()[0].due_at) == ("call", datetime(2026, 11, 29, 1, 0, tzinfo=UTC))


def test_the_day_is_the_one_on_the_wall(known):
    known(birth=(1976, 11, 30))
    assert plan_occasions(now=datetime(2026, 11, 23, 7, 59, tzinfo=UTC)) == 0  # still Sunday the 22nd
    assert plan_occasions(now=datetime(2026, 11, 23, 8, 0, tzinfo=UTC)) == 1
