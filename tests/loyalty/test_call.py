"""A call: what became of it, and what follows from it."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import (
    Call,
    Consent,
    ContactPoint,
    Guardianship,
    Memory,
    Patient,
    Promise,
    Touchpoint,
    TouchpointState,
    Visit,
)
from loyalty.touchpoints.call import call
from loyalty.touchpoints.call_desk import call_desk
from loyalty.touchpoints.contacts import to_call
from loyalty.visits.cancel import cancel
from loyalty.visits.no_show import no_show

SAID = {"by_staff_id": None, "by_person_id": None}


@pytest.fixture
def preview(booked, preview_of):
    return preview_of(booked())


@pytest.fixture
def ring(preview, now):
    """ring("reached"): the call about Marguerite's visit, now."""
    return lambda result, **given: call(**{"touchpoint_id": preview.id, "result": result, "now": now, **SAID, **given})


@pytest.fixture
def look(preview, now):
    """The same call on the desk."""
    return lambda **given: call_desk(
        **{"touchpoint_id": preview.id, "clinical": True, "practice": "Us", "now": now, **given}
    )


def state(preview):
    preview.refresh_from_db()
    return preview.state


def test_reached_it_is_done_with_who_and_how_long(ring, preview, front_desk, now):
    made = ring("reached", by_staff_id=front_desk.id, minutes=6)
    preview.refresh_from_db()
    assert (preview.state, preview.outcome, preview.minutes, preview.done_at) == ("done", "Reached", 6, now)
    assert (preview.done_by, made.by_staff, made.at) == (front_desk, front_desk, now)
    assert Entry.objects.get(verb="call.made").detail == {"result": "reached"}


@pytest.mark.parametrize(("confirmed", "status"), [(True, "confirmed"), (False, "booked")])
def test_reached_they_may_confirm_the_visit(ring, preview, front_desk, confirmed, status):
    ring("reached", by_staff_id=front_desk.id, confirmed=confirmed)
    visit = Visit.objects.get(id=preview.visit_id)
    assert visit.status == status
    assert Entry.objects.filter(verb="visit.confirmed").exists() is confirmed


def test_what_was_promised_goes_into_the_ledger_of_the_visit(ring, preview, front_desk, now):
    ring("reached", by_staff_id=front_desk.id, promises=["Someone calls the next morning", " ", "Numbing first"])
    kept = Promise.objects.filter(visit=preview.visit_id).order_by("id")
    assert [(one.text, one.made_by, one.made_at) for one in kept] == [
        ("Someone calls the next morning", front_desk, now),
        ("Numbing first", front_desk, now),
    ]


@pytest.mark.parametrize("result", ["voicemail", "no_answer", "wrong_number", "no_calls"])
def test_a_promise_is_made_to_somebody(ring, preview, result):
    with pytest.raises(DomainError) as refused:
        ring(result, promises=["Numbing first"])
    assert refused.value.field == "promises"
    assert (state(preview), Promise.objects.count(), Call.objects.count()) == ("planned", 0, 0)


def test_a_promise_that_cannot_be_kept_leaves_nothing_half_written(ring, preview):
    with pytest.raises(DomainError) as refused:
        ring("reached", confirmed=True, promises=["x" * 301])
    assert refused.value.field == "promises"
    assert (state(preview), Call.objects.count()) == ("planned", 0)
    assert Visit.objects.get(id=preview.visit_id).status == "booked"


def test_a_voicemail_is_an_outcome(ring, preview):
    ring("voicemail")
    assert (state(preview), preview.outcome) == ("done", "Voicemail left")


def test_no_voicemail_where_none_is_wished(ring, preview, patient):
    Patient.objects.filter(id=patient.id).update(no_voicemail=True)
    with pytest.raises(DomainError, match="wishes no voicemail") as refused:
        ring("voicemail")
    assert refused.value.field == "result"
    assert (state(preview), Call.objects.count()) == ("planned", 0)


def test_without_an_answer_it_stays_and_the_tries_are_counted(ring, preview, now):
    ring("no_answer")
    ring("no_answer", now=now + timedelta(hours=3))
    assert state(preview) == "planned"
    (card,) = to_call(now=now + timedelta(hours=6), limit=10)
    assert card.tried == 2


def test_whoever_was_tried_a_moment_ago_comes_last(ring, booked, make_patient, now):
    booked(patient_id=make_patient("Ann Other").id, starts_at=now + timedelta(days=7, hours=2))
    ring("no_answer")
    assert [one.name for one in to_call(now=now, limit=10)] == ["Ann Other", "Marguerite Ellison"]
    later = now + timedelta(hours=2)
    assert [one.name for one in to_call(now=later, limit=10)] == ["Marguerite Ellison", "Ann Other"]


def test_a_wrong_number_is_never_called_again(ring, look, preview, patient, now):
    second = ContactPoint.objects.create(patient=patient, kind="phone", value="555-0199", search="5550199", rank=2)
    first = ContactPoint.objects.get(patient=patient, rank=1)
    with pytest.raises(DomainError, match="Choose which number was wrong"):
        ring("wrong_number")
    ring("wrong_number", point_id=first.id)
    first.refresh_from_db()
    assert first.do_not_use
    # There is another one, so it is still a call.
    assert (state(preview), preview.channel) == ("planned", "call")
    assert [(one.id, one.allowed) for one in look().numbers] == [(first.id, False), (second.id, True)]
    with pytest.raises(DomainError, match="Choose the number that you called"):
        ring("reached", point_id=first.id)


def test_without_another_number_it_goes_by_letter(ring, preview):
    ring("wrong_number")
    assert (state(preview), preview.channel) == ("planned", "letter")
    with pytest.raises(DomainError, match="no number at which Marguerite Ellison may be called"):
        ring("reached")


def test_who_wants_no_calls_is_not_called_for_anything(ring, preview, patient, booked, now):
    other = booked(starts_at=now + timedelta(days=20))
    person = uuid7()
    ring("no_calls", by_person_id=person)
    kept = Consent.objects.get(patient=patient)
    assert (kept.channel, kept.purpose, kept.granted, kept.source) == ("call", "visits", False, "Said so on the phone")
    assert kept.by_person_id == person
    # What to expect is still told, by another way.
    assert set(Touchpoint.objects.filter(kind="preview").values_list("visit_id", "state", "channel")) == {
        (preview.visit_id, "planned", "letter"),
        (other.id, "planned", "letter"),
    }


def test_a_check_in_with_somebody_who_wants_no_calls_is_over(booked, patient, now):
    visit = booked(starts_at=now)
    no_show(visit_id=visit.id, now=now)
    check_in = Touchpoint.objects.get(kind="check_in")
    call(touchpoint_id=check_in.id, result="no_calls", now=now, **SAID)
    check_in.refresh_from_db()
    assert (check_in.state, check_in.outcome) == (TouchpointState.SKIPPED, "Wants no calls")


@pytest.mark.parametrize("second", ["reached", "voicemail", "no_answer", "wrong_number", "no_calls"])
def test_the_second_caller_is_told_who_was_first(ring, front_desk, second):
    ring("reached", by_staff_id=front_desk.id)
    with pytest.raises(Conflict, match=r"^The service preview for Marguerite Ellison was done at 9:00 am by Maya\.$"):
        ring(second)
    assert Call.objects.count() == 1


def test_a_visit_called_off_is_not_called_about(ring, preview, now):
    cancel(visit_id=preview.visit_id, now=now)
    with pytest.raises(Conflict, match="was called off"):
        ring("reached")


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_who_must_not_be_contacted_is_not_called(ring, look, patient, wish):
    Patient.objects.filter(id=patient.id).update(**{wish: True})
    with pytest.raises(DomainError, match="must not be contacted"):
        ring("reached")
    with pytest.raises(NotFound):
        look()


def test_of_a_minor_the_guardian_is_called(ring, look, patient, make_patient, preview):
    Patient.objects.filter(id=patient.id).update(birth_year=2012, birth_month=5, birth_day=1)
    with pytest.raises(DomainError, match="note who the guardian is"):
        ring("reached")
    mother = make_patient("Margaret Ellison", preferred_name="Peg", phones=["(503) 555-0111"])
    Guardianship.objects.create(patient=patient, guardian=mother, relation="mother")
    desk = look()
    assert (desk.to, desk.is_minor) == ("Peg Ellison", True)
    assert [(one.value, one.allowed) for one in desk.numbers] == [("(503) 555-0111", True), ("(503) 555-0148", False)]
    ring("reached")
    assert state(preview) == "done"


def test_a_guardian_who_wants_no_calls_is_not_called_either(ring, look, patient):
    Patient.objects.filter(id=patient.id).update(birth_year=2012, birth_month=5, birth_day=1)
    Guardianship.objects.create(patient=patient, name="Peg", phone="(503) 555-0111", relation="mother")
    with pytest.raises(DomainError, match="Correct the guardian’s number"):
        ring("wrong_number")
    ring("no_calls")
    assert [one.allowed for one in look().numbers] == [False, False]


def test_the_desk_tells_what_to_say_and_nothing_of_it_to_whoever_picks_up(look, preview, now, front_desk):
    Promise.objects.create(visit_id=preview.visit_id, text="A quiet room", made_at=now, made_by=front_desk)
    desk = look()
    assert desk.say == ("Your skin will be red for a day.",)
    assert "peel" not in desk.opening.lower()
    assert desk.promises == ("A quiet room",)
    assert (desk.may_confirm, desk.visit_is_open, desk.tries) == (True, True, ())


def test_the_desk_remembers_only_what_may_be_seen(look, patient, now):
    for text, more in {
        "Runs marathons": {},
        "Afraid of needles": {"sensitivity": "clinical"},
        "Moving house": {"expires_on": now.date() - timedelta(days=1)},
        "": {"forgotten_at": now},
    }.items():
        Memory.objects.create(patient=patient, text=text, source="Told Maya", **more)
    assert {one.text for one in look(clinical=False).remembered} == {"Runs marathons"}
    assert {one.text for one in look(clinical=True).remembered} == {"Runs marathons", "Afraid of needles"}


def test_whoever_is_on_the_desk_is_in_the_trail(look, patient):
    look()
    assert Entry.objects.get(verb="contact.read").patients == [patient.id]


@pytest.mark.parametrize(("given", "field"), [({"minutes": 601}, "minutes"), ({"result": "sneezed"}, "result")])
def test_what_cannot_be_is_refused(ring, preview, given, field):
    with pytest.raises(DomainError) as refused:
        ring(**{"result": "reached", **given})
    assert refused.value.field == field
    assert state(preview) == "planned"


def test_the_database_keeps_calls_in_shape(ring, patient, preview, now):
    for wrong in ({"result": "sneezed"}, {"minutes": 601}, {"confirmed": True, "result": "no_answer"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Call.objects.create(**{"patient": patient, "touchpoint": preview, "result": "reached", "at": now, **wrong})


def test_mine_is_what_is_given_to_me_or_to_nobody_of_my_role(preview, provider, front_desk, now):
    assert [one.id for one in to_call(now=now, limit=5, staff_id=front_desk.id)] == [preview.id]
    assert to_call(now=now, limit=5, staff_id=provider.id) == []
    Touchpoint.objects.filter(id=preview.id).update(assigned_to=provider)
    assert [one.id for one in to_call(now=now, limit=5, staff_id=provider.id)] == [preview.id]
    assert to_call(now=now, limit=5, staff_id=front_desk.id) == []


def test_only_a_week_ahead_and_no_cards(booked, patient, now):
    booked(starts_at=now + timedelta(days=30))
    Touchpoint.objects.create(
        patient=patient, kind="occasion", channel="card", role="provider", day=now.date(), due_at=now
    )
    assert to_call(now=now, limit=5) == []


def test_a_personal_day_that_went_by_is_called_about_for_two_weeks(patient, location, now):
    for ago in (14, 15):
        day = now.date() - timedelta(days=ago)
        Touchpoint.objects.create(
            patient=patient, kind="occasion", channel="call", role="front_desk", day=day, due_at=now
        )
    assert len(to_call(now=now, limit=5)) == 1


def test_nobody_is_called_about_a_visit_that_began(preview, now):
    starts = preview.visit.starts_at
    assert [one.id for one in to_call(now=starts, limit=5)] == [preview.id]
    assert to_call(now=starts + timedelta(minutes=1), limit=5) == []


def test_the_list_takes_two_queries_and_one_more_without_visits(preview, now, django_assert_max_num_queries):
    with django_assert_max_num_queries(2):
        to_call(now=now, limit=20)


def test_what_is_promised_without_a_visit_has_nowhere_to_be_kept(patient, location, now):
    day = Touchpoint.objects.create(
        patient=patient, kind="occasion", channel="call", role="front_desk", day=now.date(), due_at=now
    )
    with pytest.raises(DomainError, match="A promise is kept with a visit") as refused:
        call(touchpoint_id=day.id, result="reached", promises=["A call next year"], now=now, **SAID)
    assert refused.value.field == "promises"
    assert (state(day), Call.objects.count()) == ("planned", 0)
