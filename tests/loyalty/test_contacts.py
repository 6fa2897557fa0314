"""Previews, check-ins and occasions: what is to be done, and what became of each."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from loyalty.feedback.record import record
from loyalty.models import Patient, Service, Touchpoint, TouchpointKind, TouchpointState
from loyalty.occasions.plan import plan_occasions
from loyalty.touchpoints.contacts import PLAIN_PREVIEW, made, skip, to_call, undo
from loyalty.visits.no_show import no_show


@pytest.fixture
def preview(booked, preview_of):
    return preview_of(booked())


def test_a_preview_tells_whom_to_call_when_and_what_to_say(preview, patient, now):
    Patient.objects.filter(id=patient.id).update(no_voicemail=True)
    (card,) = to_call(now=now, limit=10)
    assert (card.id, card.name, card.kind, card.channel) == (preview.id, "Marguerite Ellison", "preview", "call")
    assert (card.service, card.preview) == ("Chemical peel", "Your skin will be red for a day.")
    assert (card.wishes, card.late) == (("No voicemail",), False)
    assert (card.due_at.hour, card.visit_at.hour) == (17, 10)


def test_without_words_of_the_service_there_are_plain_ones(booked, now):
    booked(service_id=None)
    booked(service_id=Service.objects.create(name="Consultation").id, starts_at=now + timedelta(days=8))
    assert {card.preview for card in to_call(now=now, limit=10)} == {PLAIN_PREVIEW}


def test_all_that_is_called_about_stands_in_one_list_by_when_it_is_due(booked, completed, make_patient, now):
    missed = booked(starts_at=now)
    no_show(visit_id=missed.id, now=now)
    grace = make_patient("Grace Chen", birth=(1976, 11, 28))
    unhappy = completed(patient_id=grace.id, at=now)
    record(visit_id=unhappy.id, mode="staff", score=2, now=now)
    plan_occasions(now=now)
    booked()
    assert [card.kind for card in to_call(now=now, limit=10)] == ["check_in", "preview"]
    # A card is written; a personal day by phone is a call like the others.
    Touchpoint.objects.filter(kind=TouchpointKind.OCCASION).update(channel="call")
    assert [card.kind for card in to_call(now=now, limit=10)] == ["check_in", "occasion", "preview"]
    assert len(to_call(now=now, limit=2)) == 2


def test_what_is_overdue_is_late(preview, now):
    assert to_call(now=preview.due_at + timedelta(minutes=1), limit=1)[0].late


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_who_must_not_be_contacted_by_now_is_not_in_the_list(preview, patient, now, wish):
    Patient.objects.filter(id=patient.id).update(**{wish: True})
    assert to_call(now=now, limit=10) == []
    with pytest.raises(DomainError, match="must not be contacted"):
        made(touchpoint_id=preview.id, by_staff_id=None, now=now)


def test_what_was_made_keeps_who_when_how_long_and_what_came_of_it(preview, front_desk, now):
    made(touchpoint_id=preview.id, by_staff_id=front_desk.id, outcome=" Glad we called. ", minutes=6, now=now)
    kept = Touchpoint.objects.get(id=preview.id)
    assert (kept.state, kept.done_at, kept.done_by) == (TouchpointState.DONE, now, front_desk)
    assert (kept.outcome, kept.minutes) == ("Glad we called.", 6)
    assert to_call(now=now, limit=10) == []


def test_the_second_caller_is_told_who_was_first(preview, front_desk, now):
    made(touchpoint_id=preview.id, by_staff_id=front_desk.id, now=now)
    with pytest.raises(Conflict, match=r"^The service preview for Marguerite Ellison was done at 9:00 am by Maya\.$"):
        made(touchpoint_id=preview.id, by_staff_id=None, now=now)


def test_it_can_be_set_aside_and_taken_back_the_same_day(preview, now):
    skip(touchpoint_id=preview.id, reason="Knows it all", by_staff_id=None, now=now)
    assert Touchpoint.objects.get(id=preview.id).outcome == "Knows it all"
    undo(touchpoint_id=preview.id, now=now)
    kept = Touchpoint.objects.get(id=preview.id)
    assert (kept.state, kept.outcome, kept.minutes) == (TouchpointState.PLANNED, "", None)
    with pytest.raises(Conflict, match="waiting to be done"):
        undo(touchpoint_id=preview.id, now=now)


@pytest.mark.parametrize("minutes", [-1, 601])
def test_minutes_that_nobody_talks_are_refused(preview, now, minutes):
    with pytest.raises(DomainError) as refused:
        made(touchpoint_id=preview.id, by_staff_id=None, minutes=minutes, now=now)
    assert refused.value.field == "minutes"


def test_notes_and_recoveries_are_settled_elsewhere(treated, now):
    record(visit_id=treated().id, mode="staff", score=2, now=now)
    for kind in (TouchpointKind.NOTE, TouchpointKind.RECOVERY):
        with pytest.raises(NotFound):
            made(touchpoint_id=Touchpoint.objects.get(kind=kind).id, by_staff_id=None, now=now)


def test_the_list_takes_two_queries(preview, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        to_call(now=now, limit=20)
