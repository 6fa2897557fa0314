"""A visit is booked from a patient's page."""

from datetime import UTC, datetime

import pytest

from loyalty.models import Visit


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


@pytest.fixture
def address(patient):
    return f"/patients/{patient.id}/visits/new/"


def test_it_is_booked_on_the_clock_of_the_location(frank, address, patient, location, service, inside):
    answer = frank.post(
        address, {"day": "2026-12-01", "clock": "10:30", "service": service.id, "location": location.id}
    )
    assert answer.headers["Location"] == f"/patients/{patient.id}/?said=visit-booked"
    with inside():
        visit = Visit.objects.get()
    assert visit.starts_at == datetime(2026, 12, 1, 18, 30, tzinfo=UTC)
    assert visit.service_id == service.id


def test_a_practice_of_one_location_is_not_asked_where(frank, address, location):
    page = frank.get(address).content.decode()
    assert f'<input type="hidden" name="location" value="{location.id}" id="id_location">' in page


def test_a_time_is_needed(frank, address, location, inside):
    answer = frank.post(address, {"day": "2026-12-01", "clock": "", "location": location.id})
    assert answer.status_code == 422
    assert "Choose a time." in answer.content.decode()
    assert 'value="2026-12-01"' in answer.content.decode()
    with inside():
        assert not Visit.objects.exists()


def test_an_hour_that_the_change_of_clocks_leaves_out_is_explained(frank, address, location):
    answer = frank.post(address, {"day": "2027-03-14", "clock": "02:30", "location": location.id})
    assert answer.status_code == 422
    assert 'id="id_clock_error"' in answer.content.decode()


def test_nobody_books_for_a_patient_who_is_not_here(frank):
    assert frank.get("/patients/00000000-0000-0000-0000-000000000001/visits/new/").status_code == 404


def test_a_patient_who_comes_without_a_booking_is_here_at_once(frank, patient, location, inside):
    answer = frank.post(f"/patients/{patient.id}/visits/walk-in/", {"location": location.id})
    assert answer.headers["Location"] == "/?said=visit-walked-in"
    with inside():
        assert Visit.objects.get().status == "arrived"
