from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.messages.consent import answer, history, questions
from loyalty.messages.wording import QUESTIONS, VERSION
from loyalty.models import Consent, Patient


def test_nobody_has_agreed_to_anything_until_they_do(make_patient):
    asked = questions(patient_id=make_patient("Hugo Hart").id)
    assert [(one.channel, one.purpose) for one in asked] == list(QUESTIONS)
    assert [one.given for one in asked] == [None] * len(QUESTIONS)


def test_what_was_said_to_what_by_whom_and_how_we_know_is_kept(patient, agree, now):
    me = uuid7()
    consent = agree(patient, purpose="marketing", source="signed the form", by_person_id=me, now=now)
    assert (consent.wording_version, consent.source, consent.by_person_id) == (VERSION, "signed the form", me)
    assert consent.wording == (
        "Aurora Aesthetics may text me with news and offers. I do not have to agree to be treated."
        " Message and data rates may apply. I can reply STOP at any time."
    )
    entry = Entry.objects.filter(verb="consent.granted").latest("at")
    assert entry.detail == {"channel": "text", "purpose": "marketing", "wording": VERSION}


def test_each_answer_is_a_new_row(patient, agree, now):
    agree(patient, granted=False, now=now)
    said = [(one.granted, one.decided_at) for one in history(patient_id=patient.id) if one.channel == "text"]
    assert said == [(False, now), (True, now - timedelta(days=30))]


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"channel": "email", "purpose": "testimonial"}, "consent_unknown"),
        ({"channel": "pigeon"}, "consent_unknown"),
        ({"source": " "}, "consent_without_source"),
        ({"version": "2020-01"}, "consent_wording_changed"),
    ],
)
def test_what_cannot_be_an_answer_is_refused(patient, agree, given, code):
    before = Consent.objects.count()
    with pytest.raises(DomainError) as caught:
        agree(patient, **given)
    assert caught.value.code == code
    assert Consent.objects.count() == before


def test_an_old_wording_is_a_conflict_and_nobody_is_not_found(patient, now):
    usual = {"channel": "text", "purpose": "visits", "granted": True, "source": "x", "by_person_id": None, "now": now}
    with pytest.raises(Conflict):
        answer(patient_id=patient.id, version="2020-01", **usual)
    with pytest.raises(NotFound):
        answer(patient_id=uuid7(), version=VERSION, **usual)


def test_a_no_to_one_thing_leaves_the_others(patient, agree, write, now):
    agree(patient, channel="email", granted=False, now=now)
    assert write(patient).state == "queued"
    assert write(patient, channel="email").rule == "said_no"


def test_the_database_lets_nobody_change_or_delete_an_answer(patient):
    for change in (
        lambda: Consent.objects.update(granted=False),
        lambda: Consent.objects.update(wording="Anything goes."),
        lambda: Consent.objects.all().delete(),
        lambda: patient.delete(),
    ):
        with pytest.raises(IntegrityError, match="history"), transaction.atomic():
            change()


def test_a_merge_may_give_them_to_who_survives(patient, make_patient):
    survivor = make_patient("Marguerite Ellison-Smith")
    assert Consent.objects.filter(patient=patient).update(patient=survivor) == 2


def test_an_erasure_may_take_them_along_with_the_one_it_erases(patient, make_patient, agree):
    other = make_patient("Hugo Hart")
    agree(other)
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL perennial.erasing = '{patient.id}'")
    patient.delete()
    assert not Patient.objects.filter(id=patient.id).exists()
    with pytest.raises(IntegrityError, match="history"), transaction.atomic():
        other.delete()
