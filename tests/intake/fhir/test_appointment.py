from datetime import UTC, datetime

import pytest

from loyalty.intake.fhir.errors import Outcome
from loyalty.intake.fhir.rows import Coded, VisitStatus
from tests.intake.exports import adds_up, appointment, bundle, patient, practitioner, read, read_lines, write


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("proposed", VisitStatus.BOOKED),
        ("pending", VisitStatus.BOOKED),
        ("booked", VisitStatus.BOOKED),
        ("arrived", VisitStatus.ARRIVED),
        ("checked-in", VisitStatus.ARRIVED),
        ("fulfilled", VisitStatus.COMPLETED),
        ("cancelled", VisitStatus.CANCELLED),
        ("noshow", VisitStatus.NO_SHOW),
    ],
)
def test_every_status_has_its_place_in_the_life_of_a_visit(tmp_path, written, status):
    (visit,) = read_lines(tmp_path, patient(), appointment(status=written)).visits
    assert (visit.resource, visit.status) == ("Appointment", status)


@pytest.mark.parametrize("status", ["entered-in-error", "waitlist"])
def test_what_is_no_visit_is_skipped_and_reported(tmp_path, status):
    export = read_lines(tmp_path, patient(), appointment(status=status))
    assert (export.visits, [error.outcome for error in export.errors]) == ([], [Outcome.SKIPPED])
    assert adds_up(export)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"status": "maybe"}, 'status "maybe" does not tell what became of the appointment'),
        ({"start": None}, "start does not say when the visit is"),
        ({"start": "2026-13-01T10:00:00Z"}, "start does not say when the visit is"),
        ({"participant": []}, "participant names no patient"),
        ({"participant": [{"actor": {"reference": "Practitioner/dr1"}}]}, "participant names no patient"),
        ({"of": "nobody"}, 'refers to the patient "nobody", who is not among those that land'),
    ],
)
def test_an_appointment_that_cannot_land_says_why(tmp_path, fields, reason):
    export = read_lines(tmp_path, patient(), appointment(**fields))
    assert export.visits == []
    assert export.reasons()[0].startswith(reason)
    assert adds_up(export)


def test_it_keeps_when_it_was_booked_and_what_for(tmp_path):
    booked = appointment(created="2026-11-01T10:00:00Z", serviceType=[{"text": "Filler"}], end="2026-12-01T16:00:00Z")
    (visit,) = read_lines(tmp_path, patient(), booked).visits
    assert visit.booked_at == datetime(2026, 11, 1, 10, tzinfo=UTC)
    assert (visit.ends_at, visit.service) == (datetime(2026, 12, 1, 16, tzinfo=UTC), Coded("Filler"))


def test_a_booking_after_the_visit_is_left_out(tmp_path):
    (visit,) = read_lines(tmp_path, patient(), appointment(created="2027-01-01T10:00:00Z")).visits
    assert visit.booked_at is None


def test_actors_that_do_not_say_what_they_are_are_found_by_what_they_are(tmp_path):
    actors = [{"actor": {"reference": f"urn:uuid:{id}"}} for id in ("somebody", "dr1", "p1")]
    data = bundle(patient(), practitioner(), appointment(participant=actors))
    (visit,) = read(write(tmp_path, a_json=data)).visits
    assert (visit.patient_id, visit.practitioner_id) == ("p1", "dr1")


def test_among_strangers_an_appointment_has_no_patient(tmp_path):
    export = read_lines(tmp_path, patient(), appointment(participant=[{"actor": {"reference": "urn:uuid:somebody"}}]))
    assert export.reasons() == ["names no patient among those that land"]
