import csv
import stat

import pytest

from core.errors import DomainError
from loyalty.intake.error_report import ErrorReport
from loyalty.intake.fhir.errors import Outcome, RowError


def written(path) -> list[list[str]]:
    with path.open(newline="") as file:
        return list(csv.reader(file))


def test_every_error_is_one_line(tmp_path):
    path = tmp_path / "new" / "errors.csv"
    with ErrorReport(path) as report:
        report.add(RowError("a.ndjson", 7, "Patient", "p1", 'has "no", name', Outcome.REFUSED))
        report.add(RowError("a.ndjson", 9, "", "", "is not valid JSON", Outcome.REFUSED))
    assert report.lines == 2
    assert written(path) == [
        ["source", "line", "resource", "id", "reason", "outcome"],
        ["a.ndjson", "7", "Patient", "p1", 'has "no", name', "refused"],
        ["a.ndjson", "9", "", "", "is not valid JSON", "refused"],
    ]


@pytest.mark.parametrize("id", ["=cmd|' /C calc'!A0", "+1", "-1", "@x"])
def test_a_spreadsheet_finds_no_formula(tmp_path, id):
    with ErrorReport(tmp_path / "errors.csv") as report:
        report.add(RowError("a.ndjson", 1, "Patient", id, "x"))
    assert written(report.path)[1][3] == "'" + id


def test_only_its_owner_may_read_it(tmp_path):
    with ErrorReport(tmp_path / "errors.csv") as report:
        report.add(RowError("a.ndjson", 1, "Patient", "p1", "x"))
    assert stat.S_IMODE(report.path.stat().st_mode) == 0o600


def test_nothing_to_report_makes_no_file(tmp_path):
    with ErrorReport(tmp_path / "errors.csv") as report:
        pass
    assert not report.path.exists()


def test_a_place_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "file").touch()
    with ErrorReport(tmp_path / "file" / "errors.csv") as report, pytest.raises(DomainError) as error:
        report.add(RowError("a.ndjson", 1, "Patient", "p1", "x"))
    assert error.value.code == "report_unwritable"
