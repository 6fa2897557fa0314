from datetime import UTC, date, datetime

import pytest

from loyalty.models import (
    ContactPoint,
    Guardianship,
    Location,
    Patient,
    PatientIdentifier,
    Service,
    Staff,
    Touchpoint,
    Visit,
)
from tests.intake.exports import appointment, encounter, patient, practitioner, procedure

MR = {"coding": [{"system": "http://terminology.hl7.org/CodeSystem/v2-0203", "code": "MR"}]}
WHOLE = patient(
    birthDate="1980-05",
    identifier=[{"type": MR, "system": "urn:ehr", "value": "000417"}],
    name=[{"family": "Lee", "given": ["Wilma"]}, {"use": "nickname", "given": ["Billie"]}],
    telecom=[
        {"system": "phone", "value": "+1 (555) 010-0100", "use": "mobile"},
        {"system": "email", "value": "Ann@Example.com"},
    ],
    address=[{"line": ["1 Elm St"], "city": "Salem", "state": "MA", "postalCode": "01940", "country": "US"}],
    communication=[{"language": {"coding": [{"code": "en-US"}]}}],
    contact=[{"relationship": [{"text": "Mother"}], "name": {"text": "Mia Lee"}}],
)


def test_a_patient_lands_with_all_that_the_practice_keeps(import_into_aurora):
    import_into_aurora(WHOLE, encounter())
    one = Patient.objects.get()
    assert (one.given_name, one.family_name, one.preferred_name) == ("Wilma", "Lee", "Billie")
    assert (one.birth_year, one.birth_month, one.birth_day) == (1980, 5, None)
    assert (one.record_number, one.language) == ("000417", "en-US")
    assert (one.address, one.city, one.state, one.postal_code) == ("1 Elm St", "Salem", "MA", "01940")
    assert one.patient_since == date(2026, 5, 4)
    assert one.search_name == "wilma billie lee 000417"


def test_it_can_be_found_again_by_its_ids_and_numbers(import_into_aurora):
    import_into_aurora(WHOLE)
    assert set(PatientIdentifier.objects.values_list("system", "value")) == {
        ("fhir:Patient", "p1"),
        ("urn:ehr", "000417"),
    }
    assert set(ContactPoint.objects.values_list("kind", "value", "search", "label", "rank")) == {
        ("phone", "+1 (555) 010-0100", "15550100100", "mobile", 1),
        ("email", "Ann@Example.com", "ann@example.com", "", 1),
    }
    assert list(Guardianship.objects.values_list("name", "relation")) == [("Mia Lee", "Mother")]


def test_the_dead_are_marked(import_into_aurora):
    import_into_aurora(
        patient("p1", deceasedDateTime="2020-03-05"), patient("p2", deceasedDateTime="2020"), patient("p3")
    )
    assert set(Patient.objects.values_list("identifiers__value", "deceased", "deceased_on")) == {
        ("p1", True, date(2020, 3, 5)),
        ("p2", True, None),
        ("p3", False, None),
    }


def test_a_visit_lands_with_staff_service_and_its_day_in_the_locations_zone(import_into_aurora, now):
    import_into_aurora(
        patient(),
        practitioner(),
        encounter(
            period={"start": "2026-05-05T05:00:00Z", "end": "2026-05-05T05:30:00Z"},
            type=[{"text": "Consultation"}],
            participant=[{"individual": {"reference": "Practitioner/dr1"}}],
        ),
    )
    visit = Visit.objects.select_related("staff", "service", "location").get()
    assert visit.staff is not None
    assert visit.service is not None
    assert (visit.staff.display_name, visit.staff.person_id) == ("Dr. Sato", None)
    assert (visit.service.name, visit.reason) == ("Consultation", "Consultation")
    assert (visit.location.time_zone, visit.day) == ("America/Los_Angeles", date(2026, 5, 4))
    assert (visit.status, visit.source, visit.is_history) == ("completed", "import", True)
    assert visit.completed_at == datetime(2026, 5, 5, 5, 30, tzinfo=UTC)
    assert visit.external_id == "fhir:Encounter/e1"
    assert (visit.created_at, visit.booked_at, visit.status_by_id) == (now, None, None)


@pytest.mark.parametrize(
    ("resource", "status", "is_history"),
    [
        (appointment(), "booked", False),
        (appointment(status="cancelled"), "cancelled", True),
        (appointment(status="noshow", start="2026-11-20T15:00:00Z"), "no_show", True),
        (appointment(status="booked", start="2026-11-20T15:00:00Z"), "booked", True),
        (encounter(status="in-progress", period={"start": "2026-11-23T16:30:00Z"}), "arrived", False),
    ],
)
def test_only_what_is_still_to_come_is_not_history(import_into_aurora, resource, status, is_history):
    import_into_aurora(patient(), resource)
    visit = Visit.objects.get()
    assert (visit.status, visit.is_history) == (status, is_history)


def test_no_touchpoint_is_made_of_the_past_nor_of_the_future(import_into_aurora):
    import_into_aurora(patient(), encounter(), appointment())
    assert Visit.objects.count() == 2
    assert Touchpoint.objects.count() == 0


def test_services_of_one_name_are_one_service(import_into_aurora):
    import_into_aurora(
        patient(),
        encounter("e1", type=[{"coding": [{"system": "http://snomed.info/sct", "code": "1"}], "text": "Peel"}]),
        encounter("e2", type=[{"coding": [{"system": "http://snomed.info/sct", "code": "2"}], "text": "PEEL"}]),
        encounter("e3"),
        procedure(at="e3"),
    )
    assert Service.objects.count() == 1
    assert Visit.objects.filter(service__name="Peel").count() == 3


def test_a_service_that_the_practice_has_under_that_name_is_used(import_into_aurora):
    own = Service.objects.create(name="Chemical peel", minutes=45)
    import_into_aurora(patient(), encounter(type=[{"text": "chemical PEEL"}]))
    assert Visit.objects.get().service_id == own.id
    assert Service.objects.count() == 1


def test_a_diagnosis_does_not_enter_the_catalogue(import_into_aurora):
    import_into_aurora(patient(), encounter(reasonCode=[{"text": "Acne"}]))
    visit = Visit.objects.get()
    assert (visit.service, visit.reason, Service.objects.count()) == (None, "Acne", 0)


def test_a_location_comes_along_in_the_practices_time_zone(import_into_aurora):
    place = {"resourceType": "Location", "id": "l1", "name": "Downtown", "address": {"city": "Salem"}}
    import_into_aurora(
        place, patient(), encounter("e1"), encounter("e2", location=[{"location": {"reference": "Location/l1"}}])
    )
    added = Location.objects.get(external_id="fhir:Location/l1")
    assert (added.name, added.city, added.time_zone) == ("Downtown", "Salem", "America/Los_Angeles")
    assert Visit.objects.get(external_id="fhir:Encounter/e2").location_id == added.id
    assert Visit.objects.get(external_id="fhir:Encounter/e1").location_id != added.id


def test_staff_who_sign_in_are_left_alone(import_into_aurora):
    before = set(Staff.objects.values_list("id", "display_name", "updated_at"))
    import_into_aurora(
        patient(), practitioner(), encounter(participant=[{"individual": {"reference": "Practitioner/dr1"}}])
    )
    assert before < set(Staff.objects.values_list("id", "display_name", "updated_at"))
    assert Staff.objects.count() == len(before) + 1


def test_the_numbers_add_up(import_into_aurora):
    summary = import_into_aurora(
        patient("p1"),
        patient("p1"),
        patient("p2", name=[]),
        encounter("e1"),
        encounter("e2"),
        encounter("e3", of="p2"),
        encounter("e4", status="entered-in-error"),
        appointment("a1"),
    )
    encounters = summary.tally.of["Encounter"]
    assert (encounters.read, encounters.landing, encounters.refused, encounters.skipped) == (4, 2, 1, 1)
    assert (summary.loaded.visits.new, summary.loaded.visits.total) == (3, 3)
    assert (summary.loaded.patients.new, summary.tally.of["Patient"].repeated, summary.same_day) == (1, 1, 1)
    assert list(summary.lines()) == [
        "Practices: 1.",
        "Patients: 3 read = 1 used + 1 repeated + 1 refused.",
        "Patient records: 1 = 1 imported + 0 changed + 0 unchanged.",
        "Encounters: 4 read = 2 used + 1 skipped + 1 refused.",
        "Appointments: 1 read = 1 used.",
        "Visits: 3 = 3 imported + 0 changed + 0 unchanged.",
        "Same day: 1 visits fall on a day on which their patient is counted already.",
        "Staff added: 0. Services added: 0.",
        f"Error report: {summary.report} (3 lines).",
    ]


def test_batches_do_not_show(import_into_aurora):
    people = [patient(f"p{i}") for i in range(2_100)]
    visits = [encounter(f"e{i}", of=f"p{i}") for i in range(2_100)]
    summary = import_into_aurora(*people, *visits)
    assert (Patient.objects.count(), Visit.objects.count()) == (2_100, 2_100)
    assert summary.loaded.patients.new == 2_100
