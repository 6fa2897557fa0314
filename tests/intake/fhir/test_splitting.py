"""Which practice a row goes to when an export is split by its organizations."""

from loyalty.intake.fhir.plan import PlannedPractice
from tests.intake.exports import (
    Export,
    adds_up,
    appointment,
    encounter,
    organization,
    patient,
    practitioner,
    read_lines,
)

TWO = [organization("o1"), organization("o2")]


def name_of(practice: PlannedPractice) -> str:
    assert practice.organization is not None
    return practice.organization.name


def split(folder, *resources) -> Export:
    export = read_lines(folder, *resources, by_organization=True)
    assert adds_up(export)
    return export


def seats(export: Export) -> dict[str, tuple[list[str], list[str]]]:
    """By organization: the ids of its patients and of its visits."""
    return {
        name_of(practice).removeprefix("Practice "): (
            [planned.row.id for planned in export.planned[practice.key]],
            [visit.id for visit in export.visits_of[practice.key]],
        )
        for practice in export.practices
    }


def test_a_patient_of_two_organizations_is_a_patient_of_each(tmp_path):
    export = split(tmp_path, *TWO, patient(), encounter("e1", at="o1"), encounter("e2", at="o2"))
    assert seats(export) == {"o1": (["p1"], ["e1"]), "o2": (["p1"], ["e2"])}


def test_an_organization_without_patients_is_no_practice(tmp_path):
    assert seats(split(tmp_path, *TWO, patient(), encounter())) == {"o1": (["p1"], ["e1"])}


def test_a_patient_without_visits_belongs_to_the_managing_organization(tmp_path):
    managed = patient("p2", managingOrganization={"reference": "Organization/o2"})
    export = split(tmp_path, *TWO, patient("p1"), managed, encounter())
    assert seats(export) == {"o1": (["p1"], ["e1"]), "o2": (["p2"], [])}


def test_the_managing_organization_adds_no_seat_to_a_patient_who_is_seen_elsewhere(tmp_path):
    managed = patient(managingOrganization={"reference": "Organization/o2"})
    assert seats(split(tmp_path, *TWO, managed, encounter())) == {"o1": (["p1"], ["e1"])}


def test_a_patient_of_nobody_is_reported(tmp_path):
    export = split(tmp_path, *TWO, patient("p1"), patient("p2"), encounter())
    assert export.reasons() == ["has no visit that lands and names no managing organization"]


def test_an_organization_that_is_not_in_the_files_is_never_guessed(tmp_path):
    managed = patient(managingOrganization={"reference": "Organization/o1"})
    export = split(tmp_path, *TWO, managed, encounter(at="gone"))
    assert export.reasons() == ['serviceProvider refers to the organization "gone", which is not among those that land']
    assert seats(export) == {"o1": (["p1"], [])}


def test_an_organization_known_by_name_only_is_a_practice_of_that_name(tmp_path):
    provider = {"reference": "Organization/o9", "display": "Lakeside Skin"}
    export = split(tmp_path, patient(), encounter(at=None, serviceProvider=provider))
    assert [name_of(practice) for practice in export.practices] == ["Lakeside Skin"]


def test_a_visit_that_names_no_organization_goes_where_its_location_is(tmp_path):
    location = {
        "resourceType": "Location",
        "id": "l1",
        "name": "Downtown",
        "managingOrganization": {"reference": "Organization/o2"},
    }
    visit = encounter(at=None, location=[{"location": {"reference": "Location/l1"}}])
    assert seats(split(tmp_path, *TWO, patient(), location, visit)) == {"o2": (["p1"], ["e1"])}


def test_then_where_its_patient_is_managed(tmp_path):
    managed = patient(managingOrganization={"reference": "Organization/o2"})
    assert seats(split(tmp_path, *TWO, managed, appointment())) == {"o2": (["p1"], ["a1"])}


def test_then_where_its_practitioner_works(tmp_path):
    sato = [{"individual": {"reference": "Practitioner/dr1"}}]
    export = split(
        tmp_path,
        *TWO,
        practitioner(),
        patient("p1"),
        patient("p2"),
        encounter("e1", at="o2", participant=sato),
        encounter("e2", at=None, of="p2", participant=sato),
    )
    assert seats(export) == {"o2": (["p1", "p2"], ["e1", "e2"])}


def test_then_where_its_patient_always_goes(tmp_path):
    export = split(tmp_path, *TWO, patient(), encounter("e1", at="o2"), appointment())
    assert seats(export) == {"o2": (["p1"], ["e1", "a1"])}


def test_where_nothing_tells_it_is_reported(tmp_path):
    export = split(tmp_path, *TWO, patient(), encounter("e1", at="o1"), encounter("e2", at="o2"), appointment())
    assert export.reasons() == [
        "neither it nor its location, patient or practitioner tells which organization it belongs to"
    ]


def test_same_days_are_counted_in_each_practice_apart(tmp_path):
    visits = [encounter(id, at=at) for id, at in (("e1", "o1"), ("e2", "o1"), ("e3", "o2"))]
    export = split(tmp_path, *TWO, patient(), *visits)
    assert [practice.same_day for practice in export.practices] == [1, 0]


def test_the_first_day_is_that_of_the_practice(tmp_path):
    export = split(
        tmp_path,
        *TWO,
        patient(),
        encounter("e0", at="o1", status="cancelled", period={"start": "2019-05-04T10:00:00Z"}),
        encounter("e1", at="o1", period={"start": "2020-05-04T02:00:00Z"}),
        encounter("e2", at="o2"),
    )
    days = [str(planned.first_day) for practice in export.practices for planned in export.planned[practice.key]]
    assert days == ["2020-05-03", "2026-05-04"]


def test_without_splitting_everything_goes_into_one_practice(tmp_path):
    export = read_lines(tmp_path, *TWO, patient("p1"), patient("p2"), encounter("e1"), encounter("e2", at="gone"))
    (practice,) = export.practices
    assert (practice.organization, practice.patients, practice.visits) == (None, 2, 2)
