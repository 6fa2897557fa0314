"""Somebody who asked becomes a patient."""

from datetime import date, timedelta

import pytest

from core.errors import Conflict, DomainError
from core.ids import uuid7
from loyalty.inquiries.become_patient import FirstVisit, NewPatient, become_patient
from loyalty.inquiries.call import call
from loyalty.inquiries.close import close, reopen
from loyalty.inquiries.known import known
from loyalty.models import (
    Consent,
    Inquiry,
    Memory,
    Message,
    Patient,
    Promise,
    Referral,
    Touchpoint,
    TouchpointKind,
    Visit,
)
from loyalty.referrals.note import note_referral

RUTH = NewPatient(given_name="Ruth", family_name="Calloway", phones=["(503) 555-0171"])


@pytest.fixture
def become(ruth, front_desk, now):
    return lambda **said: become_patient(
        **{"inquiry_id": ruth.id, "who": RUTH, "by_staff_id": front_desk.id, "now": now, **said}
    )


def test_somebody_new_is_enrolled(become):
    become()
    patient, kept = Patient.objects.get(), Inquiry.objects.get()
    assert (patient.display_name, patient.contact_points.get().search) == ("Ruth Calloway", "5035550171")
    assert (kept.state, kept.patient, kept.due_at) == ("became_patient", patient, None)


def test_whoever_came_of_age_keeps_their_number_and_gets_no_guardian(ask, front_desk, now):
    asked = ask(guardian_name="Anna Calloway")
    who = NewPatient(given_name="Ruth", family_name="Calloway", phones=[asked.phone], birth=(now.year - 19, 5, 4))
    become_patient(inquiry_id=asked.id, who=who, by_staff_id=front_desk.id, now=now)
    patient = Patient.objects.get()
    assert patient.contact_points.count() == 1
    assert not patient.guardianships.exists()


def test_a_child_on_file_gets_the_guardian_who_asked_unless_there_is_one(ask, make_patient, front_desk, now):
    child = make_patient("Mia Calloway", birth=(now.year - 12, 5, 4))
    for name in ("Anna Calloway", "Bea Calloway"):
        asked = ask(name="Mia Calloway", guardian_name=name)
        become_patient(inquiry_id=asked.id, who=child.id, by_staff_id=front_desk.id, now=now)
    assert child.guardianships.get().name == "Anna Calloway"


def test_having_asked_is_no_consent_to_anything(become):
    become(keep=["wants", "expects", "worries"])
    assert not Consent.objects.exists()
    assert not Message.objects.exists()
    assert not Touchpoint.objects.exists()


def test_what_they_agreed_to_is_remembered_for_a_year_and_never_reaches_paper(become, front_desk):
    become(keep=["wants", "worries"])
    kept = Memory.objects.order_by("text")
    assert [one.text for one in kept] == ["Wants: Look less tired.", "Worries: Needles."]
    assert {(one.part, one.consented, one.expires_on, one.by_staff) for one in kept} == {
        ("take_care", True, date(2027, 11, 23), front_desk)
    }
    assert kept[0].source == "told us when they asked, on November 23"


def test_without_their_yes_nothing_is_remembered(become):
    become()
    assert not Memory.objects.exists()


def test_a_long_wish_is_cut_to_fit(become, ruth):
    Inquiry.objects.update(wants="long " * 300)
    become(keep=["wants"])
    assert len(Memory.objects.get().text) == 500


def test_who_sent_them_comes_along(become, patient):
    Inquiry.objects.update(referrer=patient)
    become()
    referral = Referral.objects.get()
    assert (referral.patient.given_name, referral.referrer, referral.on) == ("Ruth", patient, date(2026, 11, 23))


def test_a_name_that_sent_them_comes_along(become):
    Inquiry.objects.update(referrer_name="Her neighbor")
    become()
    assert Referral.objects.get().referrer_name == "Her neighbor"


def test_the_first_visit_is_booked_at_once_with_what_was_promised(
    become, ruth, front_desk, location, provider, service, now
):
    call(inquiry_id=ruth.id, outcome="reached", promised="We show you the rooms.", by_staff_id=front_desk.id, now=now)
    at = now + timedelta(days=7)
    become(first_visit=FirstVisit(location.id, at, staff_id=provider.id, service_id=service.id))
    visit, made = Visit.objects.get(), Promise.objects.get()
    assert (visit.patient.given_name, visit.starts_at, visit.staff, visit.service) == ("Ruth", at, provider, service)
    assert (made.visit, made.text, made.made_by) == (visit, "We show you the rooms.", front_desk)
    assert Touchpoint.objects.get().kind == TouchpointKind.PREVIEW


def test_where_the_visit_cannot_be_booked_nothing_is_half_done(become, location, now):
    with pytest.raises(DomainError, match="This time is over"):
        become(first_visit=FirstVisit(location.id, now - timedelta(days=1)), keep=["wants"])
    assert not Patient.objects.exists()
    assert not Memory.objects.exists()
    assert Inquiry.objects.get().state == "open"


def test_who_is_a_patient_already_is_linked(become, make_patient):
    there = make_patient("Ruth Hill", phones=["1 503 555 0171"])
    become(who=there.id, keep=["wants"])
    assert Patient.objects.get() == there
    assert Inquiry.objects.get().patient == there
    assert Memory.objects.get().patient == there


@pytest.mark.parametrize("fields", [{"phones": ["503-555-0171"]}, {"emails": ["RUTH@example.com"]}])
def test_the_same_number_or_address_is_asked_about_before_somebody_is_enrolled_twice(become, make_patient, fields):
    Inquiry.objects.update(email="ruth@example.com")
    make_patient("Ruth Hill", **fields)
    with pytest.raises(DomainError, match="Ruth Hill has the same number or address") as refused:
        become()
    assert refused.value.field == "who"
    become(sure_new=True)
    assert Patient.objects.count() == 2


def test_the_dead_and_the_merged_are_nobody_to_link(become, make_patient):
    dead = make_patient("Ruth Hill", phones=["503-555-0171"])
    Patient.objects.update(deceased=True)
    with pytest.raises(DomainError):
        become(who=dead.id)
    with pytest.raises(DomainError):
        become(who=uuid7())
    merged = make_patient("Ruth Old", phones=["503-555-0171"])
    Patient.objects.filter(id=merged.id).update(merged_into=dead)
    with pytest.raises(Conflict, match="was merged"):
        become(who=merged.id)
    assert known(Inquiry.objects.get()) == ()
    become()
    assert Inquiry.objects.get().patient.family_name == "Calloway"


def test_somebody_whom_they_sent_cannot_have_sent_them(become, patient, make_patient, now):
    """It is on file the other way round: that stands, and they become a patient all the same."""
    other = make_patient("Grace Chen")
    note_referral(patient_id=other.id, referrer_id=patient.id, now=now)
    Inquiry.objects.update(referrer=other)
    become(who=patient.id)
    assert Inquiry.objects.get().patient == patient
    assert Referral.objects.get().patient == other


def test_nobody_sent_themselves(become, patient):
    """A friend of the practice asks in their own name, and is written down as who sent them."""
    Inquiry.objects.update(referrer=patient)
    become(who=patient.id)
    assert Inquiry.objects.get().patient == patient
    assert not Referral.objects.exists()


def test_who_has_been_here_keeps_whoever_sent_them_first(become, completed, patient, make_patient):
    completed()
    other = make_patient("Grace Chen")
    Inquiry.objects.update(referrer=other)
    become(who=patient.id)
    assert not Referral.objects.exists()


def test_it_happens_once(become, ruth, now):
    become()
    with pytest.raises(Conflict, match="Ruth Calloway is a patient by now"):
        become(sure_new=True)
    with pytest.raises(Conflict, match="is a patient by now"):
        close(inquiry_id=ruth.id, because="Went elsewhere", now=now)
    with pytest.raises(Conflict, match="is a patient by now"):
        reopen(inquiry_id=ruth.id, now=now)
    assert Patient.objects.count() == 1
