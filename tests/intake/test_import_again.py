from datetime import date, timedelta

import pytest

from loyalty.models import ContactPoint, Guardianship, Patient, PatientIdentifier, Service, Staff, Visit
from tests.intake.exports import appointment, encounter, patient, practitioner, procedure

EVERYTHING = [
    patient(
        "p1",
        birthDate="1980-05-17",
        identifier=[{"system": "urn:ehr", "value": "7"}],
        telecom=[{"system": "phone", "value": "555-0100"}],
        contact=[{"relationship": [{"text": "Mother"}], "name": {"text": "Mia Lee"}}],
    ),
    patient("p2", deceasedBoolean=True),
    practitioner(),
    encounter("e1", participant=[{"individual": {"reference": "Practitioner/dr1"}}], type=[{"text": "Visit"}]),
    encounter("e2", of="p2"),
    encounter("e3", status="cancelled", period={"start": "2027-05-04T10:00:00Z"}),
    procedure(at="e2"),
    appointment(),
]
TABLES = [Patient, PatientIdentifier, ContactPoint, Guardianship, Staff, Service, Visit]


def snapshot() -> dict[str, list[tuple[object, ...]]]:
    return {model.__name__: sorted(map(repr, model._default_manager.values_list())) for model in TABLES}


def test_a_second_run_changes_nothing(import_into_aurora, now):
    import_into_aurora(*EVERYTHING)
    before = snapshot()
    summary = import_into_aurora(*EVERYTHING, at=now + timedelta(hours=1))
    assert snapshot() == before
    assert (summary.loaded.patients.unchanged, summary.loaded.visits.unchanged) == (2, 4)
    assert summary.loaded.patients.total + summary.loaded.visits.total == 6


def test_only_what_changed_is_written(import_into_aurora, now):
    import_into_aurora(patient("p1"), patient("p2"), encounter("e1"), encounter("e2"))
    later = now + timedelta(hours=1)
    summary = import_into_aurora(
        patient("p1"),
        patient("p2", birthDate="1990"),
        encounter("e1"),
        encounter("e2", period={"start": "2026-05-05T10:00:00Z"}),
        at=later,
    )
    assert (summary.loaded.patients.changed, summary.loaded.patients.unchanged) == (1, 1)
    assert (summary.loaded.visits.changed, summary.loaded.visits.unchanged) == (1, 1)
    assert [one.birth_year for one in Patient.objects.filter(updated_at=later)] == [1990]
    assert [one.external_id for one in Visit.objects.filter(updated_at=later)] == ["fhir:Encounter/e2"]


def test_a_new_number_is_added_and_the_patient_counts_as_changed(import_into_aurora, now):
    import_into_aurora(patient(telecom=[{"system": "phone", "value": "555-0100"}]))
    ContactPoint.objects.update(do_not_use=True)
    later = now + timedelta(hours=1)
    summary = import_into_aurora(
        patient(telecom=[{"system": "phone", "value": "555-0100"}, {"system": "phone", "value": "555-0199"}]), at=later
    )
    assert set(ContactPoint.objects.values_list("value", "do_not_use")) == {("555-0100", True), ("555-0199", False)}
    assert (summary.loaded.patients.changed, Patient.objects.get().updated_at) == (1, later)


def test_what_the_source_leaves_empty_stays(import_into_aurora):
    import_into_aurora(patient(birthDate="1980-05-17", address=[{"city": "Salem"}]))
    Patient.objects.update(preferred_name="Annie", no_contact=True, pronouns="she/her", tags=["vip"])
    import_into_aurora(patient())
    one = Patient.objects.get()
    assert (one.preferred_name, one.pronouns, one.city, one.birth_day) == ("Annie", "she/her", "Salem", 17)
    assert (one.no_contact, one.tags) == (True, ["vip"])


@pytest.mark.parametrize(
    ("first", "second", "kept"),
    [
        ("1980-05-17", "1980", (1980, 5, 17)),
        ("1980-05-17", "1981", (1981, None, None)),
        ("1980", "1980-05-17", (1980, 5, 17)),
        ("1980-05-17", "1980-05-18", (1980, 5, 18)),
    ],
)
def test_a_less_exact_birth_date_does_not_replace_a_more_exact_one(import_into_aurora, first, second, kept):
    import_into_aurora(patient(birthDate=first))
    import_into_aurora(patient(birthDate=second))
    one = Patient.objects.get()
    assert (one.birth_year, one.birth_month, one.birth_day) == kept


def test_an_address_is_replaced_as_a_whole(import_into_aurora):
    import_into_aurora(patient(address=[{"line": ["1 Elm St"], "city": "Salem", "postalCode": "01940"}]))
    import_into_aurora(patient(address=[{"city": "Boston"}]))
    one = Patient.objects.get()
    assert (one.address, one.city, one.postal_code) == ("", "Boston", "")


def test_nobody_comes_back_from_the_dead(import_into_aurora):
    import_into_aurora(patient(deceasedDateTime="2020-03-05"))
    import_into_aurora(patient(deceasedBoolean=False))
    one = Patient.objects.get()
    assert (one.deceased, one.deceased_on) == (True, date(2020, 3, 5))


def test_a_patient_dies(import_into_aurora):
    import_into_aurora(patient())
    import_into_aurora(patient(deceasedBoolean=True))
    assert Patient.objects.get().deceased


def test_an_earlier_visit_moves_the_first_day_back_but_never_forward(import_into_aurora):
    import_into_aurora(patient(), encounter("e1"))
    import_into_aurora(patient(), encounter("e0", period={"start": "2019-05-04T18:00:00Z"}))
    assert Patient.objects.get().patient_since == date(2019, 5, 4)
    import_into_aurora(patient(), encounter("e1"))
    assert Patient.objects.get().patient_since == date(2019, 5, 4)


def test_a_booked_visit_goes_on_and_never_back(import_into_aurora):
    import_into_aurora(patient(), appointment())
    import_into_aurora(patient(), appointment(status="arrived"))
    assert Visit.objects.get().status == "arrived"
    import_into_aurora(patient(), appointment(status="booked"))
    assert Visit.objects.get().status == "arrived"


def test_a_booked_visit_that_its_source_moved_is_moved(import_into_aurora):
    import_into_aurora(patient(), appointment())
    import_into_aurora(patient(), appointment(start="2026-12-03T15:00:00Z"))
    visit = Visit.objects.get()
    assert (visit.day, visit.starts_at.day) == (date(2026, 12, 3), 3)


def test_a_visit_that_the_team_closed_stays_closed(import_into_aurora, now):
    import_into_aurora(patient(), appointment())
    Visit.objects.update(status="completed", completed_at=now)
    import_into_aurora(patient(), appointment(status="noshow", start="2026-12-02T15:00:00Z"))
    visit = Visit.objects.get()
    assert (visit.status, visit.completed_at, visit.day) == ("completed", now, date(2026, 12, 1))


def test_a_service_that_the_team_corrected_or_renamed_stays(import_into_aurora):
    import_into_aurora(patient(), encounter("e1", type=[{"text": "Peel"}]), encounter("e2", type=[{"text": "Peel"}]))
    Service.objects.update(name="Chemical peel")
    other = Service.objects.create(name="Laser")
    Visit.objects.filter(external_id="fhir:Encounter/e2").update(service=other)
    import_into_aurora(patient(), encounter("e1", type=[{"text": "Peel"}]), encounter("e2", type=[{"text": "Peel"}]))
    assert dict(Visit.objects.values_list("external_id", "service__name")) == {
        "fhir:Encounter/e1": "Chemical peel",
        "fhir:Encounter/e2": "Laser",
    }
    assert Service.objects.count() == 2


def test_the_visits_of_a_merged_patient_go_to_the_one_that_stays(import_into_aurora):
    import_into_aurora(patient("p1"), patient("p2"), encounter("e1", of="p2"))
    first, second = (Patient.objects.get(identifiers__value=value) for value in ("p1", "p2"))
    second.merged_into = first
    second.save()
    Visit.objects.update(patient=first)
    summary = import_into_aurora(patient("p1"), patient("p2", birthDate="1990"), encounter("e1", of="p2"))
    assert Visit.objects.get().patient_id == first.id
    assert summary.loaded.visits.unchanged == 1
    second.refresh_from_db()
    assert (Patient.objects.count(), second.birth_year) == (2, None)
