"""The list: who stands on it, in which order, with which words; and what is done about them."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from loyalty.drifting.ask import call_off, plan_contact
from loyalty.drifting.leave import leave_for_now, take_up
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.spoken import spoken_length
from loyalty.drifting.worklist import Show, worklist
from loyalty.models import ContactPoint, Drift, Touchpoint
from loyalty.patients.merging.merge import merge
from loyalty.touchpoints.call import call
from loyalty.visits.book import book
from loyalty.visits.walk_in import walk_in


@pytest.fixture
def phone(came):
    def given(patient, number="(503) 555-0148"):
        ContactPoint.objects.create(
            patient=patient, kind="phone", value=number, search="".join(filter(str.isdigit, number)), label="mobile"
        )
        return patient

    return given


@pytest.fixture
def ana(house, came, phone, now):
    """Every hundred days or so, and 161 since the last."""
    patient = phone(came("Ana", 561, 461, 361, 261, 161))
    refresh_drift(now=now)
    return patient


def names(now, show=Show.OPEN):
    return [row.name for row in worklist(show=show, now=now).rows]


def row_of(patient, now, show=Show.OPEN):
    return next(row for row in worklist(show=show, now=now).rows if row.patient_id == patient.id)


def test_it_says_why(ana, now):
    row = row_of(ana, now)
    assert row.reason == "Usually every 14 weeks; 23 weeks since the last visit"
    assert 0 < row.stays < 1
    assert row.saves > 0


def test_who_came_once_is_told_by_the_service(ana, came, service, now):
    service.return_days = 84
    service.save()
    bea = came("Bea", 140, service=service)
    refresh_drift(now=now)
    row = row_of(bea, now)
    assert row.reason == "Came once, 20 weeks ago; after what they had, people are usually back in 12 weeks"
    assert row.stays is None


def test_those_with_whom_a_call_could_save_most_come_first(ana, came, now):
    came("Rare", 620, 440, 310)
    refresh_drift(now=now)
    saves = [row.saves for row in worklist(show=Show.OPEN, now=now).rows]
    assert len(saves) >= 2
    assert saves == sorted(saves, reverse=True)
    # Whoever is late the shortest would be the last by the day.
    latest = Drift.objects.filter(patient_id__in=[row.patient_id for row in worklist(show=Show.OPEN, now=now).rows])
    latest = latest.order_by("-late_from", "-patient_id").first()
    Drift.objects.exclude(id=latest.id).update(worth=1)
    Drift.objects.filter(id=latest.id).update(worth=2)
    assert worklist(show=Show.OPEN, now=now).rows[0].patient_id == latest.patient_id


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_whoever_must_not_be_contacted_is_not_on_it(ana, now, wish):
    setattr(ana, wish, True)
    ana.save()
    assert ana.display_name not in names(now)


def test_of_two_records_of_one_person_the_one_that_is_left_stands_on_it_on_the_very_day(ana, came, now):
    again = came("Ana again", 560, 460, 360, 260, 162)
    refresh_drift(now=now)
    assert {ana.display_name, again.display_name} <= set(names(now))
    merge(patient_id=ana.id, merged_id=again.id, take=(), by_person_id=None, now=now)
    assert names(now) == [ana.display_name]


def test_whoever_has_a_visit_ahead_or_came_today_is_not_on_it(ana, location, now):
    visit = book(patient_id=ana.id, location_id=location.id, starts_at=now + timedelta(days=3), now=now)
    assert ana.display_name not in names(now)
    visit.delete()
    assert ana.display_name in names(now)
    walk_in(patient_id=ana.id, location_id=location.id, now=now)
    assert ana.display_name not in names(now)


def test_whoever_was_away_four_times_as_long_as_usual_has_left(ana, came, now):
    gone = came("Gone", 950, 850, 750, 650)
    refresh_drift(now=now)
    assert gone.display_name not in names(now)
    assert ana.display_name in names(now)


def test_a_wish_for_discretion_is_said(ana, now):
    ana.no_voicemail = True
    ana.save()
    assert row_of(ana, now).wishes == ("No voicemail",)


def test_a_call_goes_on_the_list_of_calls_and_the_patient_moves(ana, front_desk, now):
    contact = plan_contact(patient_id=ana.id, channel="call", by_staff_id=front_desk.id, now=now)
    assert (contact.kind, contact.channel, contact.assigned_to) == ("check_in", "call", front_desk)
    assert ana.display_name not in names(now)
    assert ana.display_name in names(now, Show.SEEN_TO)
    with pytest.raises(Conflict, match="on the call list already"):
        plan_contact(patient_id=ana.id, channel="call", by_staff_id=None, now=now)


def test_whoever_was_reached_has_time_to_think(ana, front_desk, now):
    contact = plan_contact(patient_id=ana.id, channel="call", by_staff_id=front_desk.id, now=now)
    call(touchpoint_id=contact.id, result="reached", by_staff_id=front_desk.id, by_person_id=None, now=now)
    assert ana.display_name in names(now, Show.SEEN_TO)
    later = now + timedelta(days=31)
    refresh_drift(now=later)
    assert ana.display_name in names(later)


def test_a_slip_is_called_off(ana, now):
    contact = plan_contact(patient_id=ana.id, channel="call", by_staff_id=None, now=now)
    call_off(touchpoint_id=contact.id, now=now)
    assert ana.display_name in names(now)
    with pytest.raises(Conflict, match="called off"):
        call_off(touchpoint_id=contact.id, now=now)


def test_whoever_was_tried_is_settled_on_the_call_list(ana, front_desk, now):
    contact = plan_contact(patient_id=ana.id, channel="call", by_staff_id=None, now=now)
    call(touchpoint_id=contact.id, result="no_answer", by_staff_id=front_desk.id, by_person_id=None, now=now)
    with pytest.raises(Conflict, match="Settle it on the call list"):
        call_off(touchpoint_id=contact.id, now=now)
    assert Touchpoint.objects.get(id=contact.id).state == "planned"


def test_they_are_called_or_written_to_by_hand(ana, now):
    with pytest.raises(DomainError, match="Choose a call or a letter") as refused:
        plan_contact(patient_id=ana.id, channel="text", by_staff_id=None, now=now)
    assert refused.value.field == "channel"
    assert not Touchpoint.objects.filter(patient=ana).exists()


def test_a_way_that_is_closed_is_refused(ana, now):
    with pytest.raises(DomainError, match="cannot be written to: nothing to reach them by is on file"):
        plan_contact(patient_id=ana.id, channel="letter", by_staff_id=None, now=now)
    ana.no_contact = True
    ana.save()
    with pytest.raises(DomainError, match="cannot be called"):
        plan_contact(patient_id=ana.id, channel="call", by_staff_id=None, now=now)
    assert not Touchpoint.objects.filter(patient=ana).exists()


def test_whoever_is_on_no_list_is_not_called_from_it(ana, make_patient, now):
    with pytest.raises(NotFound):
        plan_contact(patient_id=make_patient("Nobody").id, channel="call", by_staff_id=None, now=now)


def test_they_are_left_for_now_until_the_day(ana, front_desk, now):
    until = now.date() + timedelta(days=28)
    left = leave_for_now(patient_id=ana.id, until=until, reason="Abroad", by_staff_id=front_desk.id, now=now)
    assert ana.display_name not in names(now)
    assert row_of(ana, now, Show.LEFT).left_until == until
    with pytest.raises(Conflict, match="left for now by Maya already"):
        leave_for_now(patient_id=ana.id, until=until, reason="", by_staff_id=None, now=now)
    assert ana.display_name in names(now + timedelta(days=28))
    take_up(left_id=left.id, now=now)
    assert ana.display_name in names(now)
    with pytest.raises(Conflict, match="already"):
        take_up(left_id=left.id, now=now)


@pytest.mark.parametrize("days", [0, -1, 400])
def test_the_day_lies_within_a_year_ahead(ana, now, days):
    with pytest.raises(DomainError, match="within a year") as refused:
        leave_for_now(patient_id=ana.id, until=now.date() + timedelta(days=days), reason="", by_staff_id=None, now=now)
    assert refused.value.field == "until"


@pytest.mark.parametrize(
    ("days", "said"), [(1, "1 day"), (9, "9 days"), (98, "14 weeks"), (161, "23 weeks"), (600, "20 months")]
)
def test_lengths_are_said_as_people_say_them(days, said):
    assert spoken_length(days) == said
