"""Requests to correct a record or to restrict who is told: noted, answered, and what they then do."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import Patient, Recipient, RecordRequest
from loyalty.patients.restrictions import (
    check_may_be_told,
    is_restricted,
    restricted_among,
    restrictions_of,
)
from loyalty.record_requests.answer import accept, deny, disagree, end_restriction, extend, tell
from loyalty.record_requests.listed import answered_requests, open_requests
from loyalty.record_requests.locked import find_request
from loyalty.record_requests.note import note_request

TODAY = date(2026, 11, 23)


@pytest.fixture
def note(patient, now):
    """note(): Marguerite wants a date corrected; any argument can be another."""

    def noted(**asked):
        usual = {"kind": "amendment", "text": "My peel was in May.", "source": "a letter", "received_on": TODAY}
        return note_request(patient_id=patient.id, by_person_id=None, now=now, **{**usual, **asked})

    return noted


@pytest.fixture
def restrict(note):
    return lambda recipient="vendors", **asked: note(kind="restriction", recipient=recipient, **asked)


@pytest.fixture
def yes(now):
    return lambda request: accept(request_id=request.id, answer_text="Done.", told_on=None, by_person_id=None, now=now)


@pytest.fixture
def no(now):
    return lambda request, basis="accurate": deny(
        request_id=request.id, basis=basis, answer_text="It is right.", told_on=None, by_person_id=None, now=now
    )


def test_a_request_is_due_sixty_days_after_it_reached_the_practice(note):
    request = note(received_on=TODAY - timedelta(days=10))
    assert (request.state, request.due_on) == ("open", TODAY + timedelta(days=50))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"text": " "}, "text"),
        ({"source": ""}, "source"),
        ({"kind": "secret"}, "kind"),
        ({"kind": "restriction"}, "recipient"),
        ({"kind": "restriction", "recipient": "everyone"}, "recipient"),
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
    ],
)
def test_what_cannot_be_noted_is_refused(note, asked, field):
    with pytest.raises(DomainError) as refused:
        note(**asked)
    assert refused.value.field == field
    assert not RecordRequest.objects.exists()


def test_nobody_and_merged_records_are_told_apart(note, patient, make_patient, now):
    with pytest.raises(NotFound):
        note_request(
            patient_id=uuid7(), kind="amendment", text="x", source="y", received_on=TODAY, by_person_id=None, now=now
        )
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Margaret Ellison"))
    with pytest.raises(Conflict):
        note()


def test_an_answer_is_given_once(note, yes, no):
    request = note()
    assert yes(request).state == "accepted"
    with pytest.raises(Conflict, match=r"accepted already, on November 23, 2026\."):
        no(request)


def test_a_request_that_is_not_on_file_is_not_found(note, no):
    request = note()
    RecordRequest.objects.filter(id=request.id).delete()
    with pytest.raises(NotFound, match="not on file"):
        find_request(request.id)
    with pytest.raises(NotFound, match="not on file"):
        no(request)


@pytest.mark.parametrize("basis", ["", "cannot_keep", "because"])
def test_a_correction_is_denied_for_a_reason_of_the_law_only(note, no, basis):
    request = note()
    with pytest.raises(DomainError) as refused:
        no(request, basis)
    assert refused.value.field == "basis"
    assert RecordRequest.objects.get(id=request.id).state == "open"


def test_more_time_is_taken_once_by_thirty_days_at_most_and_never_late(note, now):
    request = note()
    first = TODAY + timedelta(days=60)

    def more(until, at=now):
        return extend(request_id=request.id, because="The old files are away.", until=until, now=at)

    for wrong in (first, first + timedelta(days=31)):
        with pytest.raises(DomainError) as refused:
            more(wrong)
        assert refused.value.field == "until"
    with pytest.raises(DomainError, match="overdue"):
        more(first + timedelta(days=3), at=now + timedelta(days=61))
    assert more(first + timedelta(days=30)).due_on == first + timedelta(days=30)
    with pytest.raises(Conflict, match="once"):
        more(first + timedelta(days=30))


def test_only_a_denied_correction_is_disagreed_with_and_once(note, no, yes, restrict, now):
    denied, accepted, restriction = no(note()), yes(note()), no(restrict(), "cannot_keep")
    assert disagree(request_id=denied.id, statement="It was May.", now=now).disagreed_on == TODAY
    for request in (denied, accepted, restriction):
        with pytest.raises(Conflict):
            disagree(request_id=request.id, statement="It was May.", now=now)


def test_who_paid_in_full_is_kept_from_their_health_plan_whatever_we_wish(restrict, no, yes):
    request = restrict("health_plan", paid_in_full=True)
    with pytest.raises(DomainError, match="the law leaves no choice"):
        no(request, "cannot_keep")
    with pytest.raises(IntegrityError), transaction.atomic():
        RecordRequest.objects.filter(id=request.id).update(
            state="denied", answered_on=TODAY, answer_text="No.", basis="cannot_keep"
        )
    assert yes(request).state == "accepted"


def test_a_restriction_holds_from_its_acceptance_to_its_end(restrict, yes, patient, now):
    request = restrict("vendors")
    assert not is_restricted(patient.id, to=Recipient.VENDORS)
    yes(request)
    assert [(one.recipient, one.text) for one in restrictions_of(patient.id)] == [("vendors", "My peel was in May.")]
    assert is_restricted(patient.id, to=Recipient.VENDORS)
    assert not is_restricted(patient.id, to=Recipient.FAMILY)
    with pytest.raises(DomainError, match="Nothing is given out"):
        check_may_be_told(patient.id, to=Recipient.VENDORS)
    end_restriction(request_id=request.id, because="She asked for it in a letter.", now=now)
    check_may_be_told(patient.id, to=Recipient.VENDORS)
    with pytest.raises(Conflict):
        end_restriction(request_id=request.id, because="Again.", now=now)


def test_who_may_tell_nobody_may_not_tell_any_one(restrict, yes, patient, make_patient):
    other = make_patient("Grace Chen")
    yes(restrict("anybody"))
    both = [patient.id, other.id]
    assert all(restricted_among(both, to=whom) == {patient.id} for whom in Recipient)


def test_what_is_due_stands_first_with_its_days(note, yes):
    later, sooner = note(), note(received_on=TODAY - timedelta(days=70))
    answered = yes(note())
    listed = open_requests(today=TODAY)
    assert [(one.request.id, one.days, one.overdue) for one in listed] == [
        (sooner.id, -10, True),
        (later.id, 60, False),
    ]
    assert [one.request.id for one in answered_requests(today=TODAY)] == [answered.id]


def test_the_patient_is_told_after_the_answer(note, yes, now):
    request = note()
    with pytest.raises(Conflict, match="Answer it first"):
        tell(request_id=request.id, told_on=TODAY, now=now)
    yes(request)
    with pytest.raises(DomainError, match="not ahead"):
        tell(request_id=request.id, told_on=TODAY + timedelta(days=1), now=now)
    assert tell(request_id=request.id, told_on=TODAY, now=now).told_on == TODAY


def test_a_request_that_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        find_request(uuid7())
    with pytest.raises(NotFound):
        tell(request_id=uuid7(), told_on=TODAY, now=now)
