"""Two records of one patient: suggested, compared, merged, taken back, or told apart."""

import pytest

from loyalty.models import ContactPoint, Memory, Merge, Patient, ToldApart
from loyalty.patients.enrol import enrol


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def twin(inside, now, patient):
    """Marguerite once more, with the same number."""
    with inside():
        made = enrol(given_name="Margo", family_name="Ellison", phones=["503-555-0148"], record_number="77", now=now)
        Patient.objects.filter(id=made.id).update(no_voicemail=True)
        Memory.objects.create(patient=made, text="Has a dog", source="Told Priya")
        return made


def test_a_pair_is_suggested_compared_and_merged_and_taken_back(olivia, patient, twin, inside, words):
    page = words(olivia.get("/patients/duplicates/"))
    assert "Same phone number" in page

    page = words(olivia.get(f"/patients/{patient.id}/merge/{twin.id}/"))
    assert "Choose what is right" in page
    assert "1 memory" in page
    assert "1 phone number or address is on both: kept once." in page
    assert "Of two wishes the stricter one holds: no voicemail." in page

    answer = olivia.post(f"/patients/{patient.id}/merge/{twin.id}/", {"given_name": "theirs", "family_name": "theirs"})
    with inside():
        merge = Merge.objects.get()
        kept = Patient.objects.get(id=patient.id)
        assert (kept.given_name, kept.family_name, kept.record_number, kept.no_voicemail) == (
            "Margo",
            "Ellison",
            "77",
            True,
        )
        assert Memory.objects.get().patient_id == patient.id
        assert ContactPoint.objects.filter(patient=patient).count() == 1
    assert answer.headers["Location"] == f"/patients/{patient.id}/?said=merged&of={merge.id}"
    assert f'action="/merges/{merge.id}/undo/"' in olivia.get(answer.headers["Location"]).content.decode()
    assert olivia.get(f"/patients/{twin.id}/").headers["Location"] == f"/patients/{patient.id}/"

    answer = olivia.post(f"/merges/{merge.id}/undo/")
    assert "Taken back" in words(olivia.get(answer.headers["Location"]))
    with inside():
        kept = Patient.objects.get(id=patient.id)
        assert (kept.given_name, kept.record_number, kept.no_voicemail) == ("Marguerite", "", False)
        assert Memory.objects.get().patient_id == twin.id
    assert olivia.post(f"/merges/{merge.id}/undo/").status_code == 409


def test_a_choice_left_open_is_asked_again(olivia, patient, twin, inside):
    answer = olivia.post(f"/patients/{patient.id}/merge/{twin.id}/", {"given_name": "mine"})
    assert answer.status_code == 422
    assert "Choose one of the two." in answer.content.decode()
    with inside():
        assert not Merge.objects.exists()


def test_two_people_are_not_suggested_again(olivia, patient, twin, inside, words):
    answer = olivia.post("/patients/duplicates/told-apart/", {"patient": patient.id, "other": twin.id})
    page = words(olivia.get(answer.headers["Location"]))
    assert "Two people. They are not suggested again." in page
    assert "No duplicates found" in page
    olivia.post("/patients/duplicates/told-apart/", {"patient": twin.id, "other": patient.id})
    with inside():
        assert ToldApart.objects.count() == 1


def test_two_people_are_told_by_the_button_beside_them(olivia, patient, inside, words):
    answer = olivia.post("/patients/duplicates/told-apart/", {"patient": patient.id, "other": "nobody"})
    assert answer.status_code == 409
    assert "Press “Two people” beside the pair" in words(answer)
    with inside():
        assert not ToldApart.objects.exists()


def test_the_other_record_is_found_by_what_is_remembered(olivia, patient, twin, words):
    assert "Same phone number" in words(olivia.get(f"/patients/{patient.id}/merge/"))
    assert "Margo Ellison" in words(olivia.get(f"/patients/{patient.id}/merge/?q=margo"))
    assert "No other record matches" in words(olivia.get(f"/patients/{patient.id}/merge/?q=xxxxxx"))


def test_a_record_is_not_merged_twice_nor_with_itself(olivia, patient, twin):
    assert olivia.get(f"/patients/{patient.id}/merge/{patient.id}/").status_code == 409
    olivia.post(f"/patients/{patient.id}/merge/{twin.id}/", {"given_name": "mine", "family_name": "mine"})
    answer = olivia.post(f"/patients/{patient.id}/merge/{twin.id}/", {"given_name": "mine", "family_name": "mine"})
    assert answer.status_code == 409
    assert "merged into another record already" in answer.content.decode()
