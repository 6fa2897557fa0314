from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import Consent, Patient, Testimonial


def test_what_they_signed_is_kept_word_for_word_and_waits(sign, patient):
    one = sign()
    consent = Consent.objects.get()
    assert (consent.purpose, consent.channel, consent.granted, consent.source) == (
        "testimonial",
        "letter",
        True,
        "signed the form",
    )
    assert consent.wording == (
        "Aurora Aesthetics may publish these words on its website under the name “Marguerite”, with my rating of 9 of"
        " 10: “Kind people.”. Anybody can read them there and pass them on. I can take this back at any time, and they"
        " are taken down at once. I do not have to agree to be treated. This holds until I take it back."
    )
    assert (one.consent, one.published_at, one.place) == (consent, None, 1)
    assert {entry.verb for entry in Entry.objects.filter(patients=[patient.id])} >= {
        "consent.granted",
        "testimonial.agreed",
    }


@pytest.mark.parametrize(("shown_as", "name"), [("first_name", "Marguerite"), ("initials", "M. E."), ("anonymous", "")])
def test_the_name_is_shown_as_they_chose(sign, shown_as, name):
    assert sign(shown_as=shown_as).shown_name == name


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"words": " \u200b"}, "words"),
        ({"words": "x" * 2001}, "words"),
        ({"shown_as": "full"}, "shown_as"),
        ({"insider": ""}, "insider"),
        ({"rating": 11}, "rating"),
        ({"source": " "}, "source"),
    ],
)
def test_what_is_missing_is_told_with_its_field_and_nothing_is_kept(sign, given, field):
    with pytest.raises(DomainError) as caught:
        sign(**given)
    assert caught.value.field == field
    assert not Consent.objects.exists()
    assert not Testimonial.objects.exists()


def test_nobody_said_it_tomorrow(sign, now):
    with pytest.raises(DomainError) as caught:
        sign(said_on=now.date() + timedelta(days=1))
    assert caught.value.field == "said_on"


def test_nobody_signs_for_a_record_that_was_merged_away(sign, patient, make_patient):
    Patient.objects.filter(id=patient.id).update(merged_into=make_patient("Marguerite Ellison"))
    with pytest.raises(DomainError, match="Nobody can agree for this record"):
        sign()


def test_words_of_minors_and_of_the_dead_are_not_published(sign, patient, now):
    Patient.objects.filter(id=patient.id).update(birth_year=now.year - 15)
    with pytest.raises(DomainError) as caught:
        sign()
    assert caught.value.code == "testimonial_minor"
    Patient.objects.filter(id=patient.id).update(birth_year=1950, deceased=True)
    with pytest.raises(DomainError) as caught:
        sign()
    assert caught.value.code == "testimonial_nobody_to_ask"
    with pytest.raises(NotFound):
        sign(patient_id=uuid7())


def test_of_an_answer_the_rating_is_its_own_and_it_is_published_once(sign, completed, make_patient, now):
    visit = completed()
    answer = record(visit_id=visit.id, mode="kiosk", score=4, liked="The garden.", now=now)
    one = sign(visit.patient, feedback_id=answer.id, words="The garden.", rating=10)
    assert one.rating == 4
    with pytest.raises(Conflict) as caught:
        sign(visit.patient, feedback_id=answer.id)
    assert caught.value.code == "testimonial_known"
    assert Consent.objects.count() == 1
    with pytest.raises(NotFound):
        sign(make_patient("Hugo Hart"), feedback_id=answer.id)


@pytest.mark.parametrize(
    "change", [{"words": ""}, {"rating": 11}, {"shown_name": ""}, {"taken_down_because": "twice"}, {"insider": "x"}]
)
def test_the_database_itself_refuses(sign, change):
    sign()
    with pytest.raises(IntegrityError), transaction.atomic():
        Testimonial.objects.update(**change)
