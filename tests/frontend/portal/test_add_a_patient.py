"""A patient is written down."""

import pytest

from loyalty.models import Patient

NEW = "/patients/new/"


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


def test_a_name_is_enough(frank, inside):
    answer = frank.post(NEW, {"given_name": "Beatrice"})
    with inside():
        patient = Patient.objects.get()
    assert answer.status_code == 303
    assert answer.headers["Location"] == f"/patients/{patient.id}/?said=patient-added"
    assert patient.given_name == "Beatrice"


def test_everything_asked_is_kept(frank, inside):
    frank.post(
        NEW,
        {
            "given_name": "Thanh",
            "family_name": "Nguyễn",
            "birth_month": "2",
            "birth_day": "29",
            "birth_year": "1992",
            "phone": "(503) 555-0148",
            "other_phone": "(503) 555-0110",
            "email": "thanh@example.com",
            "preferred_channel": "letter",
            "postal_code": "02134",
            "record_number": "004182",
        },
    )
    with inside():
        patient = Patient.objects.get()
        points = sorted(patient.contact_points.values_list("value", flat=True))
    assert (patient.family_name, patient.record_number, patient.postal_code) == ("Nguyễn", "004182", "02134")
    assert (patient.birth_year, patient.birth_month, patient.birth_day) == (1992, 2, 29)
    assert points == ["(503) 555-0110", "(503) 555-0148", "thanh@example.com"]


def test_what_was_typed_stays_where_something_is_wrong(frank, inside):
    answer = frank.post(NEW, {"given_name": "", "phone": "(503) 555-0148", "city": "Portland"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error: Add a patient" in page
    assert 'value="(503) 555-0148"' in page
    assert 'value="Portland"' in page
    with inside():
        assert not Patient.objects.exists()


def test_an_error_is_tied_to_its_field_in_words(frank):
    page = frank.post(NEW, {"given_name": "Ann", "birth_month": "2", "birth_day": "30"}).content.decode()
    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="id_birth_month_error"' in page
    assert 'id="id_birth_month_error"' in page
    assert 'href="#id_birth_month"' in page


def test_a_taken_record_number_is_told_at_its_field(frank, inside):
    frank.post(NEW, {"given_name": "Ann", "record_number": "7"})
    answer = frank.post(NEW, {"given_name": "Bea", "record_number": "7"})
    assert answer.status_code == 422
    assert 'id="id_record_number_error"' in answer.content.decode()
    with inside():
        assert Patient.objects.count() == 1
