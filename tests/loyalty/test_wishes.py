"""How a patient wants contact, or none: what stops at once, and what comes back."""

from datetime import date, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.messages.default_templates import install_default_templates
from loyalty.models import Message, MessageTemplate, Patient, Touchpoint, Wish, WishChange
from loyalty.patients.meanwhile import ChangedMeanwhile
from loyalty.patients.wishes import keep_wishes, take_back, wishes_as_text


@pytest.fixture(autouse=True)
def _templates(in_aurora):
    install_default_templates()


@pytest.fixture
def wish(patient, now):
    """wish(no_contact=True): as the desk writes it down."""

    def kept(deceased_on=None, was=None, **wishes):
        seen = wishes_as_text(Patient.objects.get(id=patient.id)) if was is None else was
        given = {Wish(name): is_on for name, is_on in wishes.items()}
        return keep_wishes(
            patient_id=patient.id, wishes=given, deceased_on=deceased_on, was=seen, by_person_id=None, now=now
        )

    return kept


def states():
    return sorted(Touchpoint.objects.values_list("kind", "state"))


def test_discretion_is_kept_with_who_and_when(wish, patient, now):
    (change,) = wish(no_voicemail=True, plain_envelope=False)
    assert (change.wish, change.is_on, change.at, change.called_off) == ("no_voicemail", True, now, [])
    assert Patient.objects.get(id=patient.id).no_voicemail
    assert wish(no_voicemail=True) == []


@pytest.mark.parametrize("what", ["no_contact", "deceased"])
def test_the_end_of_contact_calls_off_everything_that_waits(wish, booked, completed, patient, now, what):
    completed(at=now - timedelta(days=1))
    booked()
    assert states() == [("note", "planned"), ("preview", "planned")]
    (change,) = wish(**{what: True})
    assert states() == [("note", "cancelled"), ("preview", "cancelled")]
    assert len(change.called_off) == 2


def test_messages_that_wait_are_called_off_too(wish, patient, now):
    template = MessageTemplate.objects.get(kind="feedback", channel="email")
    message = Message.objects.create(
        patient=patient,
        template=template,
        template_version=1,
        channel="email",
        purpose="feedback",
        address="m@example.com",
        address_hash="0" * 64,
        subject="Soon",
        body="Hello.",
        queued_at=now,
        not_before=now,
    )
    wish(no_contact=True)
    assert Message.objects.get(id=message.id).state == "cancelled"


def test_taking_it_back_brings_back_exactly_what_it_called_off(wish, booked, completed, patient, now):
    completed(at=now - timedelta(days=1))
    visit = booked()
    Touchpoint.objects.filter(visit=visit).update(state="cancelled")
    (change,) = wish(no_contact=True)
    take_back(change_id=change.id, by_person_id=None, now=now)
    assert states() == [("note", "planned"), ("preview", "cancelled")]
    assert not Patient.objects.get(id=patient.id).no_contact
    assert list(WishChange.objects.order_by("id").values_list("is_on", flat=True)) == [True, False]


def test_a_note_that_comes_back_is_held_while_something_is_to_be_made_good(wish, completed, now):
    visit = completed(at=now - timedelta(days=1))
    (change,) = wish(no_contact=True)
    record(visit_id=visit.id, mode="staff", score=2, now=now)
    take_back(change_id=change.id, by_person_id=None, now=now)
    assert ("note", "held") in states()


def test_what_was_made_in_its_place_stays_the_only_one(wish, booked, now):
    booked()
    (change,) = wish(no_contact=True)
    old = Touchpoint.objects.get()
    Touchpoint.objects.create(
        patient=old.patient,
        visit=old.visit,
        kind="preview",
        channel="call",
        day=old.day,
        due_at=old.due_at,
        role=old.role,
    )
    take_back(change_id=change.id, by_person_id=None, now=now)
    assert states() == [("preview", "cancelled"), ("preview", "planned")]


def test_who_has_died_stays_uncontacted_when_the_wish_for_no_contact_is_taken_back(wish, completed, now):
    completed(at=now - timedelta(days=1))
    (silent,) = wish(no_contact=True)
    wish(deceased=True)
    take_back(change_id=silent.id, by_person_id=None, now=now)
    assert states() == [("note", "cancelled")]


def test_it_can_be_taken_back_once(wish, now):
    (change,) = wish(deceased=True, deceased_on=date(2026, 11, 20))
    take_back(change_id=change.id, by_person_id=None, now=now)
    with pytest.raises(Conflict):
        take_back(change_id=change.id, by_person_id=None, now=now)
    with pytest.raises(NotFound, match="This is not on file"):
        take_back(change_id=uuid7(), by_person_id=None, now=now)


def test_a_day_of_death_is_kept_and_goes_with_it(wish, patient, now):
    (change,) = wish(deceased=True, deceased_on=date(2026, 11, 20))
    assert Patient.objects.get(id=patient.id).deceased_on == date(2026, 11, 20)
    take_back(change_id=change.id, by_person_id=None, now=now)
    assert Patient.objects.get(id=patient.id).deceased_on is None


@pytest.mark.parametrize(
    "given", [{"deceased_on": date(2026, 11, 1)}, {"deceased": True, "deceased_on": date(2027, 1, 1)}]
)
def test_a_day_of_death_that_makes_no_sense_is_refused(wish, given):
    with pytest.raises(DomainError) as refused:
        wish(**given)
    assert refused.value.field == "deceased_on"


def test_the_second_of_two_editors_is_shown_what_the_first_wrote(wish, patient):
    seen = wishes_as_text(Patient.objects.get(id=patient.id))
    wish(plain_envelope=True)
    with pytest.raises(ChangedMeanwhile, match="Plain envelope: “Yes”"):
        wish(plain_envelope=False, no_contact=True, was=seen)
    assert not Patient.objects.get(id=patient.id).no_contact
