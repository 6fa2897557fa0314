"""What goes on paper, and what stays out."""

import pytest

from core.audit.models import Entry
from loyalty.feedback.record import record
from loyalty.models import Consent, Guardianship, Location, Patient, Service
from loyalty.touchpoints.draft import keep_words
from loyalty.touchpoints.notes import queue, written
from loyalty.touchpoints.print_batch import printed, to_print


@pytest.fixture
def note(treated, note_of):
    return note_of(treated())


@pytest.fixture
def only(note, now):
    def read():
        (one,) = to_print(now=now, practice_name="Aurora Aesthetics")
        return one

    return read


def test_a_card_greets_by_first_name_and_an_envelope_has_an_address(only):
    one = only()
    assert (one.greeting, one.words, one.sign) == ("Thank you, Marguerite", "", "Dr. Sato")
    assert one.address == ("Marguerite Ellison", "2140 NW Lovejoy St", "Portland")
    assert (one.no_card, one.no_label) == ("", "")


def test_our_address_stands_on_it_but_on_a_plain_envelope(only, patient):
    Location.objects.update(address="12 Main St", city="Portland", state="OR", postal_code="97209")
    assert only().sender == "Aurora Aesthetics · 12 Main St, Portland, OR 97209"
    Patient.objects.filter(id=patient.id).update(plain_envelope=True, not_at_home=True)
    one = only()
    assert (one.sender, one.no_label) == ("", "")
    assert one.address


def test_no_label_where_no_mail_is_wished_or_no_address_known(only, patient, now):
    Patient.objects.filter(id=patient.id).update(not_at_home=True)
    assert (only().no_label, only().address) == ("Wishes no mail: give it in person", ())
    Patient.objects.filter(id=patient.id).update(not_at_home=False)
    Consent.objects.create(
        patient=patient, channel="letter", purpose="visits", granted=False, decided_at=now, source="told us"
    )
    assert (only().no_label, only().address) == ("Wishes no mail: give it in person", ())
    Consent.objects.create(
        patient=patient, channel="letter", purpose="visits", granted=True, decided_at=now, source="told us"
    )
    # Of two at one moment the no counts.
    assert queue(now=now, limit=1)[0].hand_over


def test_no_address_is_said(only, patient):
    Patient.objects.filter(id=patient.id).update(address="")
    assert only().no_label == "No address on file: give it in person, or ask"


def test_held_ones_stay_out(only, note, now):
    record(visit_id=note.visit_id, mode="staff", score=3, now=now)
    assert (only().no_card, only().no_label) == ("A recovery is open", "A recovery is open")


def test_a_minor_is_greeted_through_the_guardian(only, patient):
    Patient.objects.filter(id=patient.id).update(birth_year=2012)
    assert only().no_card == "A minor without a guardian who may be contacted"
    Guardianship.objects.create(patient=patient, name="Peg Ellison")
    assert (only().greeting, only().address[0]) == ("Thank you, Peg Ellison", "Peg Ellison")


def test_words_that_tell_too_much_by_now_stay_out(only, note, now):
    keep_words(touchpoint_id=note.id, text="See you at the Rose Garden.", by_staff_id=None, now=now)
    assert only().words == "See you at the Rose Garden."
    Service.objects.create(name="Rose Garden")
    assert only().no_card == "The words for it tell too much: open the note and look again"


def test_what_was_written_meanwhile_is_not_printed(note, now):
    assert len(printed(ids=[note.id], what="cards", practice_name="Aurora", now=now)) == 1
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    assert printed(ids=[note.id], what="cards", practice_name="Aurora", now=now) == []


def test_the_trail_says_what_was_printed_of_whom(note, now):
    printed(ids=[note.id], what="labels", practice_name="Aurora", now=now)
    entry = Entry.objects.filter(verb="notes.printed").latest("at")
    assert (entry.patients, entry.detail) == ([note.patient_id], {"what": "labels"})


def test_a_batch_takes_few_queries(completed, make_patient, now, django_assert_max_num_queries):
    for name in ("Ann One", "Bo Two", "Cy Three"):
        completed(patient_id=make_patient(name).id, at=now)
    with django_assert_max_num_queries(4):
        assert len(to_print(now=now, practice_name="Aurora")) == 3
