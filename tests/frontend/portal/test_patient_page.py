"""The page of one patient, and what is remembered there."""

import pytest

from loyalty.models import Memory, Sensitivity
from loyalty.patients.enrol import enrol


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def priya(sign_in):
    return sign_in("Priya", at="aurora")


@pytest.fixture
def address(patient):
    return f"/patients/{patient.id}/"


@pytest.fixture
def memory(inside, patient):
    with inside():
        return Memory.objects.create(
            patient=patient, text="Her mother is ill", source="told Priya", sensitivity=Sensitivity.CLINICAL
        )


def test_it_says_who_how_to_reach_them_and_when_they_come(frank, address, booked, words):
    page = words(frank.get(address))
    assert "Marguerite O'Ellison <b>" in page
    assert "(503) 555-0148" in page
    assert "Monday, November 23 at 10:30 am" in page


def test_a_number_can_be_dialed(frank, address):
    assert 'href="tel:5035550148"' in frank.get(address).content.decode()


def test_somebody_new_has_a_page_that_teaches(frank, inside, now, words):
    with inside():
        new = enrol(given_name="Beatrice", family_name="", now=now)
    page = words(frank.get(f"/patients/{new.id}/"))
    assert "No visit yet" in page
    assert "what is written here stands on the next brief" in page
    assert "No birthday on file." in page


def test_the_front_desk_does_not_see_what_providers_keep(frank, priya, address, memory, words):
    assert "Her mother is ill" in words(priya.get(address))
    assert "Providers only" in words(priya.get(address))
    page = frank.get(address)
    assert "Her mother is ill" not in words(page)
    assert 'name="sensitivity"' not in page.content.decode()


def test_the_front_desk_is_not_offered_feedback(frank, priya, address):
    assert "show=feedback" in priya.get(address).content.decode()
    assert "show=feedback" not in frank.get(address).content.decode()


def test_something_is_remembered(frank, patient, address, inside):
    answer = frank.post(
        f"{address}memories/",
        {"text": "Runs marathons", "source": "told the front desk", "part": "say", "consented": "on"},
    )
    assert answer.headers["Location"] == f"{address}?said=remembered"
    with inside():
        kept = Memory.objects.get()
    assert (kept.text, kept.part, kept.consented, kept.sensitivity) == ("Runs marathons", "say", True, "team")
    assert kept.by_staff_id is not None


def test_the_front_desk_cannot_hide_from_itself_what_it_writes(frank, address, inside):
    frank.post(
        f"{address}memories/", {"text": "Secret", "source": "told me", "part": "remember", "sensitivity": "clinical"}
    )
    with inside():
        assert Memory.objects.get().sensitivity == "team"


def test_words_stay_where_the_source_is_missing(frank, address, inside):
    answer = frank.post(f"{address}memories/", {"text": "Runs marathons", "source": "", "part": "remember"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "It is not kept yet" in page
    assert 'value="Runs marathons"' in page
    assert "<details open" in page
    with inside():
        assert not Memory.objects.exists()


def test_a_day_that_is_past_is_told_at_its_field(frank, address):
    answer = frank.post(
        f"{address}memories/",
        {"text": "Runs marathons", "source": "told me", "part": "remember", "expires_on": "2020-01-01"},
    )
    assert 'id="id_expires_on_error"' in answer.content.decode()


def test_forgetting_erases_the_words(priya, address, memory, inside):
    answer = priya.post(f"{address}memories/{memory.id}/forgotten/")
    assert answer.headers["Location"] == f"{address}?said=forgotten"
    with inside():
        assert Memory.objects.get().text == ""


def test_nobody_forgets_what_they_may_not_see(frank, address, memory, inside):
    assert frank.post(f"{address}memories/{memory.id}/forgotten/").status_code == 404
    with inside():
        assert Memory.objects.get().text == "Her mother is ill"


def test_a_memory_is_forgotten_under_its_own_patient_only(priya, memory, inside, now):
    with inside():
        other = enrol(given_name="Beatrice", family_name="", now=now)
    assert priya.post(f"/patients/{other.id}/memories/{memory.id}/forgotten/").status_code == 404
    with inside():
        assert Memory.objects.get().text == "Her mother is ill"


def test_the_timeline_keeps_one_kind(frank, address, booked, words):
    assert "Service preview" in words(frank.get(f"{address}?show=touchpoint"))
    assert "Service preview" not in words(frank.get(f"{address}?show=visit"))
    assert frank.get(f"{address}?show=<b>").status_code == 200


def test_an_old_address_leads_to_the_patient_somebody_was_merged_into(frank, patient, inside, now):
    with inside():
        twin = enrol(given_name="Margaret", family_name="", now=now)
        twin.merged_into = patient
        twin.save()
    assert frank.get(f"/patients/{twin.id}/").headers["Location"] == f"/patients/{patient.id}/"


def test_nobody_is_not_found(frank):
    assert frank.get("/patients/00000000-0000-0000-0000-000000000001/").status_code == 404
