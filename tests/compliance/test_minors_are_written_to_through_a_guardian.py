"""A guardian is contacted, never the child."""

import json

import pytest
from django.core import mail

from core.errors import DomainError
from core.messages.text import FILE_NAME
from loyalty.family.guardian import name_guardian
from loyalty.inquiries.become_patient import NewPatient, become_patient
from loyalty.inquiries.inquiries import Show, inquiries
from loyalty.inquiries.take import take
from loyalty.messages.deliver import deliver
from loyalty.messages.queue import queue
from loyalty.models import ContactPoint, Guardianship, Message, Patient
from tests.frontend.portal.messaging import asking, somebody

CHILD = {"given_name": "Mia", "phones": ["(503) 555-0111"], "emails": ["mia@example.com"]}


@pytest.fixture(params=["text", "email"])
def went_out(request, in_aurora, settings, tmp_path, now):
    """went_out(child): where a message went, by each channel."""
    settings.TEXT_FOLDER = tmp_path

    def sent(child):
        template = asking(request.param)
        message = queue(patient_id=child.id, template_id=template.id, by_person_id=None, now=now)
        deliver(message_id=message.id, now=now)
        file = tmp_path / FILE_NAME
        texts = [json.loads(line)["to"] for line in file.read_text().splitlines()] if file.exists() else []
        return texts + [to for one in mail.outbox for to in one.to]

    return sent


def test_what_is_about_a_child_goes_to_the_guardian_alone(went_out, now):
    child = somebody(now, **CHILD, birth=(now.year - 12, 5, 4))
    Guardianship.objects.create(patient=child, name="Anna Ellison", phone="(503) 555-0122", email="anna@example.com")
    assert went_out(child) in (["+15035550122"], ["anna@example.com"])
    assert "Mia’s visit" in Message.objects.get().body


def test_who_asked_for_a_child_is_called_and_the_child_is_enrolled_without_any_way_to_reach_it(in_aurora, now):
    anna = {"phone": "(503) 555-0122", "email": "anna@example.com"}
    asked = take(name="Mia Ellison", guardian_name="Anna Ellison", **anna, now=now)
    assert inquiries(Show.OPEN, me=None, now=now, limit=5).rows[0].guardian_name == "Anna Ellison"
    new = {"given_name": "Mia", "family_name": "Ellison", "phones": [anna["phone"]], "emails": [anna["email"]]}
    how = {"inquiry_id": asked.id, "by_staff_id": None, "now": now}
    with pytest.raises(DomainError, match="Add the year of birth"):
        become_patient(who=NewPatient(**new), **how)
    become_patient(who=NewPatient(**new, birth=(now.year - 12, None, None)), **how)
    child = Patient.objects.get()
    assert not child.contact_points.exists()
    guardian = child.guardianships.get()
    assert (guardian.name, guardian.phone, guardian.email) == ("Anna Ellison", anna["phone"], anna["email"])


def test_without_a_guardian_nothing_goes_out(went_out, now):
    assert went_out(somebody(now, **CHILD, birth=(now.year - 12, 5, 4))) == []
    assert Message.objects.get().rule == "no_guardian"


def test_who_may_still_be_a_minor_counts_as_one(went_out, now):
    """Only the year is known: in December they may still be seventeen."""
    assert went_out(somebody(now, **CHILD, birth=(now.year - 18, None, None))) == []


@pytest.fixture
def child(in_aurora, now):
    return somebody(now, **CHILD, birth=(now.year - 12, 5, 4))


@pytest.fixture
def mother(child, now):
    """A patient, too."""
    mother = somebody(now, given_name="Anna", phones=["(503) 555-0122"], emails=["anna@example.com"])
    Guardianship.objects.create(patient=child, guardian=mother)
    return mother


@pytest.mark.parametrize("why", [{"no_contact": True}, {"deceased": True}, {"birth_year": 2015}])
def test_a_guardian_who_must_not_be_contacted_is_left_alone(went_out, child, mother, why):
    Patient.objects.filter(id=mother.id).update(**why)
    assert went_out(child) == []


@pytest.mark.parametrize("whose", ["the child", "the guardian"])
def test_a_guardian_is_not_written_to_at_a_home_that_was_ruled_out(went_out, child, mother, whose):
    ContactPoint.objects.filter(patient=mother).update(label="home")
    Patient.objects.filter(id=child.id if whose == "the child" else mother.id).update(not_at_home=True)
    assert went_out(child) == []
    assert Message.objects.get().rule == "not_at_home"


def test_a_guardian_is_not_written_to_at_a_number_that_was_ruled_out(went_out, child, mother):
    ContactPoint.objects.filter(patient=mother).update(do_not_use=True)
    assert went_out(child) == []


@pytest.mark.parametrize("why", [{"deceased": True}, {"birth_year": 2015}])
def test_nobody_becomes_a_guardian_who_cannot_be_one(child, why, now):
    other = somebody(now, given_name="Ben", phones=["(503) 555-0133"], emails=[])
    Patient.objects.filter(id=other.id).update(**why)
    with pytest.raises(DomainError):
        name_guardian(patient_id=child.id, guardian_id=other.id, now=now)
    assert not Guardianship.objects.exists()
