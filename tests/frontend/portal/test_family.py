"""Who belongs to a patient, and who sends people: found, tied, let go, thanked."""

import pytest

from core.ids import uuid7
from loyalty.models import Guardianship, HouseholdMember, Patient, Referral, Touchpoint
from loyalty.patients.enrol import enrol
from loyalty.referrals.note import note_referral


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def carl(inside, now):
    with inside():
        return enrol(given_name="Carl", family_name="Olsen", now=now)


@pytest.fixture
def mia(inside, now):
    with inside():
        return enrol(given_name="Mia", family_name="Olsen", birth=(2015, 5, 1), now=now)


def test_somebody_is_found_and_joins_the_household_and_moves_out(frank, patient, carl, inside, words):
    page = f"/patients/{patient.id}/family/"
    assert "Nobody yet. Find another patient above" in words(frank.get(page))
    assert "No other patient matches “xxxxxx”" in words(frank.get(f"{page}?q=xxxxxx"))
    # Whose page it is stands never among those found.
    found = frank.get(f"{page}?q=carl").content.decode()
    assert found.count('name="other"') == 1
    assert str(carl.id) in found

    said = words(
        frank.post(f"/patients/{patient.id}/household/", {"other": carl.id, "relation": "spouse"}, follow=True)
    )
    assert "They are one household." in said
    assert "Carl Olsen Spouse" in said
    with inside():
        member = HouseholdMember.objects.get(patient=carl)
    said = words(frank.post(f"/patients/{patient.id}/household/{member.id}/left/", follow=True))
    assert "Moved out." in said
    with inside():
        assert not HouseholdMember.objects.exists()


def test_without_somebody_chosen_it_says_what_to_do(frank, patient, inside, words):
    for tie in ("household", "guardians", "referral"):
        for other in ("", "nobody"):
            answer = frank.post(f"/patients/{patient.id}/{tie}/", {"other": other})
            assert answer.status_code == 409
            assert "Choose somebody first: find them by name" in words(answer)
    with inside():
        assert [model.objects.count() for model in (HouseholdMember, Guardianship, Referral)] == [0, 0, 0]


def test_of_a_minor_the_page_asks_for_a_guardian_until_there_is_one(frank, mia, carl, patient, inside, words):
    page = f"/patients/{mia.id}/family/"
    assert "Nobody can be contacted yet. Note who the guardian is." in words(frank.get(page))
    # A guardian is offered for a minor only.
    assert "Guardian : Carl Olsen" in words(frank.get(f"{page}?q=carl"))
    assert "Guardian : Carl Olsen" not in words(frank.get(f"/patients/{patient.id}/family/?q=carl"))

    said = words(frank.post(f"/patients/{mia.id}/guardians/", {"other": carl.id, "relation": "father"}, follow=True))
    assert "Calls, letters and messages go to the guardian." in said
    assert "Guardian of Mia Olsen" in words(frank.get(f"/patients/{carl.id}/family/"))
    answer = frank.post(f"/patients/{mia.id}/guardians/", {"other": carl.id})
    assert answer.status_code == 409
    assert "Carl Olsen is their guardian already." in words(answer)
    with inside():
        kept = Guardianship.objects.get()
    assert "Nobody can be contacted yet" in words(
        frank.post(f"/patients/{mia.id}/guardians/{kept.id}/removed/", follow=True)
    )


def test_a_guardian_who_cannot_be_reached_comes_back_with_what_was_typed(frank, mia, inside, words):
    address, given = f"/patients/{mia.id}/guardians/new/", {"name": "Ida Olsen", "relation": "grandparent"}
    answer = frank.post(address, given)
    assert answer.status_code == 422
    assert "Give a phone number or an email to reach them at." in words(answer)
    assert 'value="Ida Olsen"' in answer.content.decode()
    assert "Ida Olsen" in words(frank.post(address, {**given, "phone": "(503) 555-0199"}, follow=True))
    with inside():
        assert Guardianship.objects.get().phone == "(503) 555-0199"


def test_what_belongs_to_another_patient_is_not_found_from_here(frank, patient, carl, mia, inside):
    with inside():
        kept = Guardianship.objects.create(patient=mia, name="Ida Olsen", phone="(503) 555-0199")
    frank.post(f"/patients/{patient.id}/household/", {"other": carl.id})
    with inside():
        member = HouseholdMember.objects.get(patient=carl)
    assert frank.post(f"/patients/{patient.id}/guardians/{kept.id}/removed/").status_code == 404
    assert frank.post(f"/patients/{mia.id}/household/{member.id}/left/").status_code == 404
    assert frank.get(f"/patients/{uuid7()}/family/").status_code == 404
    assert frank.post(f"/patients/{uuid7()}/household/", {"other": carl.id}).status_code == 404
    with inside():
        assert (Guardianship.objects.count(), HouseholdMember.objects.count()) == (1, 2)


def test_another_practice_finds_nobody(sign_in, patient, carl, inside):
    bella = sign_in("Bella", at="borealis")
    assert bella.get(f"/patients/{patient.id}/family/").status_code == 404
    assert bella.post(f"/patients/{patient.id}/household/", {"other": carl.id}).status_code == 404
    with inside():
        assert not HouseholdMember.objects.exists()


def test_who_sent_them_is_noted_corrected_and_removed(frank, patient, carl, inside, words):
    answer = frank.post(f"/patients/{patient.id}/referral/new/", {"name": " "})
    assert answer.status_code == 422
    said = words(frank.post(f"/patients/{patient.id}/referral/new/", {"name": "Dr. Rivera"}, follow=True))
    assert "Noted who sent them." in said
    assert "Dr. Rivera" in said
    assert "Carl Olsen" in words(frank.post(f"/patients/{patient.id}/referral/", {"other": carl.id}, follow=True))
    answer = frank.post(f"/patients/{carl.id}/referral/", {"other": patient.id})
    assert answer.status_code == 409
    assert "nobody is sent by somebody they sent" in words(answer)
    frank.post(f"/patients/{patient.id}/referral/removed/")
    assert frank.post(f"/patients/{patient.id}/referral/removed/").status_code == 409
    with inside():
        assert not Referral.objects.exists()


def test_who_sends_us_people_and_a_note_that_thanks_them(frank, patient, carl, mia, inside, now, words):
    assert "Nobody is noted yet." in words(frank.get("/referrals/"))
    with inside():
        first = note_referral(patient_id=carl.id, referrer_id=patient.id, now=now)
        second = note_referral(patient_id=mia.id, referrer_name="Dr. Rivera", now=now)
    page = frank.get("/referrals/")
    assert "2 people came through somebody; 2 still to thank for." in words(page)
    # A name can only be thanked in person.
    assert page.content.decode().count("/thanks/") == 1

    said = words(frank.post(f"/referrals/{first.id}/thanks/", follow=True))
    assert "A note waits" in said
    assert frank.post(f"/referrals/{first.id}/thanks/").status_code == 409
    said = words(frank.post(f"/referrals/{second.id}/thanked/", follow=True))
    assert "2 people came through somebody; everybody is thanked." in said
    with inside():
        assert Touchpoint.objects.get(kind="note").patient_id == patient.id


def test_who_must_not_be_contacted_is_not_thanked(frank, patient, carl, inside, now, words):
    with inside():
        sent = note_referral(patient_id=carl.id, referrer_id=patient.id, now=now)
        Patient.objects.filter(id=patient.id).update(no_contact=True)
    answer = frank.post(f"/referrals/{sent.id}/thanks/")
    assert answer.status_code == 409
    assert "must not be contacted" in words(answer)
    with inside():
        assert not Touchpoint.objects.filter(kind="note").exists()
