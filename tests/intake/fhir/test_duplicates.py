from tests.intake.exports import (
    adds_up,
    appointment,
    bundle,
    encounter,
    organization,
    patient,
    read,
    read_lines,
    write,
)


def test_the_same_row_again_is_counted_and_nothing_else(tmp_path):
    export = read_lines(tmp_path, patient(), patient(), encounter(), encounter())
    assert (len(export.patients), len(export.visits), export.errors) == (1, 1, [])
    assert (export.tally.of["Patient"].repeated, export.tally.of["Encounter"].repeated) == (1, 1)
    assert adds_up(export)


def test_another_row_with_the_same_id_is_refused_and_the_first_stays(tmp_path):
    export = read_lines(tmp_path, patient(), patient(birthDate="1980"))
    assert [row.birth_date for row in export.patients] == [None]
    (error,) = export.errors
    assert (error.line, error.resource_id) == (2, "p1")
    assert error.reason == "has the id of another Patient (all.ndjson, line or entry 1) that was kept"
    assert adds_up(export)


def test_bundles_that_share_an_organization_do_not_complain(tmp_path):
    write(tmp_path, a_json=bundle(organization(), patient("p1")), b_json=bundle(organization(), patient("p2")))
    export = read(tmp_path)
    assert (len(export.patients), export.errors) == (2, [])


def test_an_encounter_and_an_appointment_may_have_the_same_id(tmp_path):
    assert len(read_lines(tmp_path, patient(), encounter("1"), appointment("1")).visits) == 2
