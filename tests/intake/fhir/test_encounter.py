from datetime import UTC, datetime

import pytest

from loyalty.intake.fhir.errors import Outcome
from loyalty.intake.fhir.rows import Coded, VisitRow, VisitStatus
from tests.intake.exports import (
    adds_up,
    appointment,
    encounter,
    patient,
    practitioner,
    procedure,
    read_lines,
)

NOON = datetime(2026, 5, 4, 14, tzinfo=UTC)
SNOMED = "http://snomed.info/sct"


def read_one(folder, *others, **fields) -> tuple[VisitRow, list[str]]:
    export = read_lines(folder, patient(), practitioner(), encounter(**fields), *others)
    (visit,) = export.visits
    assert adds_up(export)
    return visit, export.reasons(Outcome.KEPT)


def refused(folder, outcome=Outcome.REFUSED, **fields) -> str:
    export = read_lines(folder, patient(), encounter(**fields))
    assert export.visits == []
    assert adds_up(export)
    (reason,) = export.reasons(outcome)
    return reason


@pytest.mark.parametrize(
    ("written", "status"),
    [
        ("planned", VisitStatus.BOOKED),
        ("arrived", VisitStatus.ARRIVED),
        ("triaged", VisitStatus.ARRIVED),
        ("in-progress", VisitStatus.ARRIVED),
        ("onleave", VisitStatus.ARRIVED),
        ("finished", VisitStatus.COMPLETED),
        ("cancelled", VisitStatus.CANCELLED),
    ],
)
def test_every_status_has_its_place_in_the_life_of_a_visit(tmp_path, written, status):
    assert read_one(tmp_path, status=written)[0].status is status


@pytest.mark.parametrize("status", ["unknown", "done", "", None, 7])
def test_a_status_that_says_nothing_is_refused(tmp_path, status):
    assert "does not tell what became of the visit" in refused(tmp_path, status=status)


def test_an_encounter_entered_in_error_is_skipped_and_reported(tmp_path):
    reason = refused(tmp_path, outcome=Outcome.SKIPPED, status="entered-in-error")
    assert reason == "status is entered-in-error: its source says that it did not happen"


def test_times_are_kept_in_utc(tmp_path):
    visit, _ = read_one(tmp_path)
    assert (visit.starts_at, visit.ends_at) == (NOON, NOON.replace(minute=30))


@pytest.mark.parametrize(
    ("period", "ends_at", "remarks"),
    [
        ({"start": "2026-05-04T10:00:00-04:00"}, None, []),
        ({"start": "2026-05-04T10:00:00-04:00", "end": "2026-05-04T09:00:00-04:00"}, None,
         ["period.end is before its start; left out"]),
        ({"start": "2026-05-04T10:00:00-04:00", "end": "2026-05-04T10:00:00-04:00"}, NOON, []),
        ({"start": "2026-05-04T10:00:00"}, None,
         ["period.start has no offset; taken as America/New_York time"]),
    ],
)  # fmt: skip
def test_an_end_that_cannot_be_is_left_out(tmp_path, period, ends_at, remarks):
    visit, said = read_one(tmp_path, period=period)
    assert (visit.starts_at, visit.ends_at, said) == (NOON, ends_at, remarks)


@pytest.mark.parametrize(
    "period", [None, {}, {"end": "2026-05-04"}, {"start": "2026"}, {"start": "2026-02-30T10:00:00Z"}, "today", []]
)
def test_a_visit_without_a_day_is_refused(tmp_path, period):
    assert refused(tmp_path, period=period).startswith("period.start does not say when the visit began")


def test_a_visit_of_which_only_the_day_is_known_is_kept_on_that_day(tmp_path):
    visit, _ = read_one(tmp_path, period={"start": "2026-05-04"})
    assert (visit.day_only, visit.starts_at) == (True, datetime(2026, 5, 4, 16, tzinfo=UTC))


def test_the_arrival_is_read_from_the_history_of_the_status(tmp_path):
    history = [
        {"status": "planned", "period": {"start": "2026-05-01T10:00:00-04:00"}},
        {"status": "arrived", "period": {"start": "2026-05-04T09:55:00-04:00"}},
    ]
    assert read_one(tmp_path, statusHistory=history)[0].arrived_at == datetime(2026, 5, 4, 13, 55, tzinfo=UTC)


def concept(text: str, code: str = "") -> dict:
    return {"text": text} | ({"coding": [{"system": SNOMED, "code": code}]} if code else {})


@pytest.mark.parametrize(
    ("fields", "service", "reason"),
    [
        ({"serviceType": concept("Injectables"), "type": [concept("Visit")]}, Coded("Injectables"), "Injectables"),
        ({"type": [concept("Consultation (procedure)", "1")], "reasonCode": [concept("Acne")]},
         Coded("Consultation", SNOMED, "1"), "Consultation"),
        ({"reasonCode": [concept("Acne")]}, None, "Acne"),
        ({"type": [{}]}, None, ""),
        ({"type": "Visit"}, None, ""),
    ],
)  # fmt: skip
def test_the_service_is_a_service_type_or_type_and_never_a_diagnosis(tmp_path, fields, service, reason):
    visit, _ = read_one(tmp_path, **fields)
    assert (visit.service, visit.reason) == (service, reason)


def test_what_was_done_comes_before_the_reason_and_after_the_type(tmp_path):
    done = [procedure("c1"), procedure("c2", code={"text": "Laser"})]
    visit, _ = read_one(tmp_path, *done, reasonCode=[concept("Acne")])
    assert (visit.service, visit.reason) == (Coded("Peel"), "Peel")
    assert visit.procedures == (Coded("Peel"), Coded("Laser"))


@pytest.mark.parametrize("status", ["not-done", "entered-in-error", "preparation"])
def test_a_procedure_that_was_not_done_is_skipped(tmp_path, status):
    export = read_lines(tmp_path, patient(), encounter(), procedure(status=status))
    assert [visit.procedures for visit in export.visits] == [()]
    assert [(error.resource_type, error.outcome) for error in export.errors] == [("Procedure", Outcome.SKIPPED)]


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"at": "nowhere"}, 'refers to the encounter "nowhere", which is not among those that land'),
        ({"encounter": None}, "encounter names no visit; write a reference to an Encounter"),
        ({"code": None}, "code does not say what was done; write a code or a text"),
    ],
)
def test_a_procedure_of_no_visit_is_refused(tmp_path, fields, reason):
    export = read_lines(tmp_path, patient(), encounter(), procedure(**fields))
    assert export.reasons() == [reason]
    assert adds_up(export)


def participant(id: str, code: str = "") -> dict:
    types = {"type": [{"coding": [{"code": code}]}]} if code else {}
    return {"individual": {"reference": f"Practitioner/{id}"}} | types


def test_the_primary_performer_is_who_treats(tmp_path):
    export = read_lines(
        tmp_path,
        patient(),
        practitioner("dr1"),
        practitioner("dr2"),
        practitioner("dr3"),
        encounter(participant=[participant("dr1"), participant("dr2", "ATND"), participant("dr3", "PPRF")]),
    )
    assert [visit.practitioner_id for visit in export.visits] == ["dr3"]
    assert [row.id for row in export.practitioners] == ["dr3"]


def test_who_performed_a_procedure_stands_in_for_a_missing_participant(tmp_path):
    done = procedure(performer=[{"actor": {"reference": "Practitioner/dr1"}}])
    assert read_one(tmp_path, done)[0].practitioner_id == "dr1"


def test_a_practitioner_who_is_not_in_the_files_is_known_by_the_name_in_the_reference(tmp_path):
    individual = {"reference": "Practitioner/gone", "display": "Dr. Gone"}
    export = read_lines(tmp_path, patient(), encounter(participant=[{"individual": individual}]))
    assert [(row.id, row.name) for row in export.practitioners] == [("gone", "Dr. Gone")]
    assert export.errors == []


def test_a_practitioner_who_cannot_be_found_is_left_out_and_the_visit_lands(tmp_path):
    visit, remarks = read_one(tmp_path, participant=[participant("gone")])
    assert visit.practitioner_id is None
    assert remarks == ['refers to the practitioner "gone", which is not among those read; left out']


def test_a_location_comes_along(tmp_path):
    location = {"resourceType": "Location", "id": "l1", "name": "Downtown", "address": {"city": "Salem"}}
    export = read_lines(tmp_path, location, patient(), encounter(location=[{"location": {"reference": "Location/l1"}}]))
    assert [visit.location_id for visit in export.visits] == ["l1"]
    assert [(row.name, row.address.city) for row in export.locations] == [("Downtown", "Salem")]


def test_the_patient_must_be_among_those_that_land(tmp_path):
    export = read_lines(tmp_path, patient("p1"), patient("p2", name=[]), encounter("e1"), encounter("e2", of="p2"))
    assert [visit.id for visit in export.visits] == ["e1"]
    assert export.reasons()[1] == 'refers to the patient "p2", who is not among those that land'
    assert adds_up(export)


@pytest.mark.parametrize("subject", [None, {}, {"reference": "Group/g1"}, {"reference": 7}, "Patient/p1", []])
def test_an_encounter_of_nobody_is_refused(tmp_path, subject):
    assert refused(tmp_path, subject=subject).startswith("subject names no patient")


def test_a_visit_outside_of_the_patients_life_is_kept_and_remarked_on(tmp_path):
    export = read_lines(
        tmp_path,
        patient(birthDate="1990", deceasedDateTime="2020-03"),
        encounter("before", period={"start": "1989-12-31T12:00:00Z"}),
        encounter("within", period={"start": "2020-03-31T12:00:00Z"}),
        encounter("after", period={"start": "2020-04-01T12:00:00Z"}),
    )
    assert [(error.resource_id, error.reason, error.outcome) for error in export.errors] == [
        ("after", "begins after the death of its patient (2020-03-31); kept as it is written", Outcome.KEPT),
        ("before", "begins before the birth of its patient (1990-01-01); kept as it is written", Outcome.KEPT),
    ]
    assert len(export.visits) == 3


def test_same_day_encounters_are_all_kept_and_counted_apart(tmp_path):
    evening = {"start": "2026-05-04T21:00:00-04:00"}  # 5 May in UTC, still 4 May in New York
    export = read_lines(
        tmp_path,
        patient("p1"),
        patient("p2"),
        encounter("e1"),
        encounter("e2", period=evening),
        encounter("e3", status="cancelled"),
        encounter("e4", of="p2"),
        encounter("e5", period={"start": "2026-05-05T09:00:00-04:00"}),
    )
    (practice,) = export.practices
    assert (practice.visits, practice.same_day) == (5, 1)


def test_visits_come_by_patient_and_then_by_start(tmp_path):
    export = read_lines(
        tmp_path,
        encounter("late", period={"start": "2026-06-01T09:00:00Z"}),
        encounter("other", of="p2"),
        encounter("early", period={"start": "2026-01-01T09:00:00Z"}),
        patient("p1"),
        patient("p2"),
    )
    assert [visit.id for visit in export.visits] == ["early", "late", "other"]


def test_the_encounter_of_an_appointment_tells_both(tmp_path):
    booked = appointment("a1", created="2026-04-01T09:00:00Z", start="2026-05-04T14:00:00Z", status="fulfilled")
    export = read_lines(
        tmp_path, patient(), booked, appointment("a2"), encounter(appointment=[{"reference": "Appointment/a1"}])
    )
    assert [(visit.id, visit.status) for visit in export.visits] == [
        ("e1", VisitStatus.COMPLETED),
        ("a2", VisitStatus.BOOKED),
    ]
    assert export.visits[0].booked_at == datetime(2026, 4, 1, 9, tzinfo=UTC)
    assert export.tally.of["Appointment"].merged == 1
    assert adds_up(export)
