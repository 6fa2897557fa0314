"""Discretion on paper: no card or label tells a treatment, and a plain envelope does not tell where it comes from."""

import io

import pytest
from pypdf import PdfReader

from core.errors import DomainError
from core.tenancy.scope import practice_scope
from loyalty.models import Location, Memory, NoteDraft, Patient, Service, Staff, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.touchpoints.draft import keep_words
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

TELLING = ("peel", "botox", "filler", "treatment", "lumina")


@pytest.fixture
def note(aurora, now):
    """Of a peel, to somebody of whom clinical things are remembered."""
    with practice_scope(aurora):
        Location.objects.update(address="1 Pearl St", city="Portland", state="OR")
        who = enrol(given_name="Beatrice", family_name="Lindgren", address="12 Main St", city="Portland", now=now)
        Memory.objects.create(patient=who, text="Her Botox is for the wedding", source="told us", consented=True)
        visit = walk_in(
            patient_id=who.id,
            location_id=Location.objects.get().id,
            staff_id=Staff.objects.filter(role="provider").get().id,
            service_id=Service.objects.create(name="Lumina peel").id,
            now=now,
        )
        complete(visit_id=visit.id, now=now)
        return Touchpoint.objects.get(visit=visit, kind="note")


@pytest.fixture
def printed(sign_in, note):
    def text(what):
        form = {"notes": [str(note.id)], "paper": "a6", "content": "words", "start": "1", "sender": "on"}
        answer = sign_in("Frank", at="aurora").post(f"/notes/print/{what}/", form)
        if answer.status_code != 200:
            return ""
        return " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages).lower()

    return text


@pytest.mark.parametrize("what", ["cards", "labels"])
def test_nothing_on_paper_tells_a_treatment(printed, what):
    text = printed(what)
    assert "beatrice" in text
    assert [word for word in TELLING if word in text] == []


@pytest.mark.parametrize("words", ["I hope the peel healed", "Your Lumina Peel", "Until your next treatment", "Botox!"])
def test_words_that_tell_one_are_kept_off_the_card(printed, note, aurora, now, words):
    with practice_scope(aurora):
        with pytest.raises(DomainError, match="tells a treatment"):
            keep_words(touchpoint_id=note.id, text=words, by_staff_id=None, now=now)
        # However they came to be there, the last check is before the press.
        NoteDraft.objects.create(touchpoint=note, patient_id=note.patient_id, text=words)
    assert printed("cards") == ""


def test_a_plain_envelope_does_not_tell_where_it_comes_from(printed, note, aurora):
    assert "aurora" in printed("labels")
    with practice_scope(aurora):
        Patient.objects.filter(id=note.patient_id).update(plain_envelope=True)
    text = printed("labels")
    assert "beatrice" in text
    assert "aurora" not in text
    assert "pearl" not in text


def test_no_label_goes_where_no_mail_is_wished(printed, note, aurora):
    with practice_scope(aurora):
        Patient.objects.filter(id=note.patient_id).update(not_at_home=True)
    assert printed("labels") == ""
    assert "beatrice" in printed("cards")
