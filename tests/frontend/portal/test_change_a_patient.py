"""The page on which a patient is changed: two editors, discretion, ways to reach them."""

import json

import pytest
from django.urls import reverse

from loyalty.models import ContactPoint, Patient
from loyalty.patients.change import details_of
from loyalty.patients.wishes import wishes_as_text


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def address(patient):
    return lambda name, *more: reverse(f"portal:{name}", urlconf="infra.urls_practice", args=[patient.id, *more])


@pytest.fixture
def seen(inside, patient):
    with inside():
        return json.dumps(details_of(Patient.objects.get(id=patient.id)))


def keep(client, address, seen, **given):
    usual = {"given_name": "Marguerite", "family_name": "O'Ellison <b>", "federal_program": "unknown", "was": seen}
    return client.post(address("patient-details"), {**usual, **given})


def test_what_is_typed_is_kept(frank, address, seen, inside, patient):
    done = keep(frank, address, seen, city="Salem", tags="VIP, Bridal", birth_year="1980")
    assert done.headers["Location"] == f"{address('patient')}?said=patient-changed"
    with inside():
        kept = Patient.objects.get(id=patient.id)
        assert (kept.city, kept.tags, kept.birth_year) == ("Salem", ["VIP", "Bridal"], 1980)


def test_the_second_editor_is_shown_what_changed_and_loses_nothing(frank, address, seen, inside, patient, words):
    keep(frank, address, seen, city="Salem")
    second = keep(frank, address, seen, pronouns="she/her")
    assert second.status_code == 422
    assert "It says now: City: “Salem”" in words(second)
    page = second.content.decode()
    # What they typed stays, and in the field that they left alone stands what the first one wrote.
    assert 'value="she/her"' in page
    assert 'name="city" value="Salem"' in page
    again = keep(frank, address, second.context["was"], pronouns="she/her", city="Salem")
    assert again.status_code == 303
    with inside():
        kept = Patient.objects.get(id=patient.id)
        assert (kept.city, kept.pronouns) == ("Salem", "she/her")


def test_what_is_wrong_comes_back_with_what_was_typed(frank, address, seen, words):
    page = keep(frank, address, seen, birth_month="2", birth_day="30", birth_year="1980", city="Salem")
    assert page.status_code == 422
    assert "February 1980 has no day 30" in words(page)
    assert 'value="Salem"' in page.content.decode()


def test_no_contact_is_noted_and_can_be_taken_back(frank, address, inside, patient, here, words):
    with inside():
        was = json.dumps(wishes_as_text(Patient.objects.get(id=patient.id)))
    done = frank.post(address("patient-wishes"), {"no_contact": "on", "was": was})
    page = frank.get(done.headers["Location"])
    assert "Everything that was planned for them is called off." in words(page)
    (undo,) = [line.split('"')[0] for line in page.content.decode().split('action="') if "/wishes/" in line[:60]]
    assert frank.post(undo).status_code == 303
    with inside():
        assert not Patient.objects.get(id=patient.id).no_contact


def test_a_number_is_added_spared_and_taken_off(frank, address, inside, patient):
    frank.post(address("contact-points"), {"kind": "phone", "value": "(503) 555-0110", "label": "home"})
    with inside():
        point = ContactPoint.objects.get(label="home")
    frank.post(address("contact-point-spared", point.id))
    with inside():
        assert ContactPoint.objects.get(id=point.id).do_not_use
    frank.post(address("contact-point-removal", point.id))
    with inside():
        assert not ContactPoint.objects.filter(id=point.id).exists()


def test_a_number_that_is_none_is_refused_on_the_page(frank, address, words):
    page = frank.post(address("contact-points"), {"kind": "phone", "value": "12"})
    assert page.status_code == 422
    assert "“12” is not a whole phone number." in words(page)


def test_a_minor_without_a_guardian_is_told(frank, address, inside, patient, words):
    with inside():
        Patient.objects.filter(id=patient.id).update(birth_year=2015)
    assert "A minor without a guardian" in words(frank.get(address("patient-details")))
