import os
from pathlib import Path

import pytest

from loyalty.intake.fhir.errors import SourceError
from loyalty.intake.fhir.resources import read_resources
from loyalty.intake.fhir.source import Form, open_source
from tests.intake.exports import bundle, encounter, lines, organization, patient, read, write


def refusal(path: Path) -> SourceError:
    with pytest.raises(SourceError) as error:
        open_source(path)
    return error.value


def test_a_folder_is_read_in_the_order_of_its_names(tmp_path):
    write(tmp_path, b_ndjson=b"", a_json_gz=b"", c_ndjson_gz=b"")
    files = open_source(tmp_path).files
    assert [(file.name, file.form) for file in files] == [
        ("a.json.gz", Form.BUNDLE),
        ("b.ndjson", Form.NDJSON),
        ("c.ndjson.gz", Form.NDJSON),
    ]


def test_one_file_is_a_source_too(tmp_path):
    write(tmp_path, a_ndjson=lines(patient()))
    assert [row.id for row in read(tmp_path / "a.ndjson").patients] == ["p1"]


def test_what_is_not_read_is_named(tmp_path):
    write(tmp_path, a_ndjson=b"", notes_txt=b"")
    (tmp_path / "bundles").mkdir()
    (tmp_path / ".hidden").touch()
    assert open_source(tmp_path).passed_over == ("bundles", "notes.txt")


def test_a_missing_path_says_so(tmp_path):
    assert refusal(tmp_path / "nowhere").message == f"{tmp_path}/nowhere does not exist. Check the path."


def test_a_folder_with_nothing_to_read_says_what_it_needs(tmp_path):
    write(tmp_path, notes_txt=b"hello")
    assert refusal(tmp_path).message == (
        f"{tmp_path} holds nothing to read. It needs .ndjson, .ndjson.gz, .json or .json.gz files."
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_folder_without_permission_says_so(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o000)
    assert refusal(closed).code == "source_forbidden"


def test_a_refused_permission_becomes_a_sentence(tmp_path, monkeypatch):
    def refuse(self: Path) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "iterdir", refuse)
    assert refusal(tmp_path).message == f"{tmp_path} may not be read. Give this user permission to."


def test_a_pipe_is_never_opened(tmp_path):
    os.mkfifo(tmp_path / "patients.ndjson")
    assert refusal(tmp_path).code == "source_empty"


def test_only_other_types_say_what_was_found(tmp_path):
    write(tmp_path, a_ndjson=lines({"resourceType": "Observation", "id": "1"}))
    with pytest.raises(SourceError) as error:
        read(tmp_path)
    assert "holds no FHIR resource to import. Only Observation were found." in error.value.message


def test_an_empty_file_among_others_is_no_error(tmp_path):
    write(tmp_path, Appointment_ndjson_gz=b"", Encounter_ndjson=b"", Patient_ndjson=lines(patient()))
    export = read(tmp_path)
    assert (len(export.patients), export.errors) == (1, [])


def test_a_file_named_gz_that_a_browser_unpacked_is_read(tmp_path):
    (tmp_path / "Patient.ndjson.gz").write_bytes(lines(patient()))
    assert len(read(tmp_path).patients) == 1


def test_bundles_and_lines_say_the_same(tmp_path):
    resources = [organization(), patient(), encounter()]
    (tmp_path / "lines").mkdir()
    (tmp_path / "bundles").mkdir()
    of_lines = read(write(tmp_path / "lines", a_ndjson_gz=lines(*resources)))
    of_bundle = read(write(tmp_path / "bundles", a_json_gz=bundle(*resources)))
    assert (of_lines.patients, of_lines.visits) == (of_bundle.patients, of_bundle.visits)


def test_the_progress_adds_up_to_the_size_of_the_files(tmp_path):
    write(tmp_path, a_ndjson_gz=lines(*[patient(str(i)) for i in range(1000)]))
    source = open_source(tmp_path)
    steps: list[int] = []
    for file in source.files:
        list(read_resources(file, report=print, progress=steps.append))
    assert sum(steps) == source.size
