from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.tenancy.scope import practice_scope
from loyalty.models import Patient
from tenants.models import Practice
from tests.intake.exports import encounter, lines, patient, write


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_fhir", *map(str, arguments), "-v", "0", stdout=out)
    return out.getvalue()


def test_it_prints_what_it_did_and_where_the_report_is(aurora, tmp_path):
    write(tmp_path, a_ndjson=lines(patient("p1"), patient("p2", name=[]), encounter()))
    report = tmp_path / "errors.csv"
    said = run(tmp_path, "--practice", "aurora", "--attest-agreement", "Olivia, today", "--errors", report)
    assert "Patients: 2 read = 1 used + 1 refused.\n" in said
    assert "Visits: 1 = 1 imported + 0 changed + 0 unchanged.\n" in said
    assert f"Error report: {report} (1 lines).\n" in said
    with practice_scope(aurora):
        assert Patient.objects.count() == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--practice", "nowhere", "--attest-agreement", "x"], "There is no practice “nowhere”."),
        (
            ["--split-by-organization"],
            "No signed business associate agreement is on record for the practices to be opened",
        ),
        (["--split-by-organization", "--attest-agreement", "x", "--time-zone", "Mars/Base"], "is not a time zone"),
    ],
)
def test_what_it_cannot_do_is_one_sentence(aurora, tmp_path, arguments, message):
    write(tmp_path, a_ndjson=lines(patient()))
    with pytest.raises(CommandError) as error:
        run(tmp_path, *arguments)
    assert message in str(error.value)


def test_a_missing_folder_is_one_sentence(aurora, tmp_path):
    with pytest.raises(CommandError) as error:
        run(tmp_path / "nowhere", "--practice", "aurora", "--attest-agreement", "x")
    assert str(error.value) == f"{tmp_path}/nowhere does not exist. Check the path."


def test_it_needs_one_target(tmp_path):
    with pytest.raises(CommandError, match="one of the arguments --practice --split-by-organization is required"):
        run(tmp_path)


def test_it_asks_for_the_agreement_of_a_practice_that_has_none(aurora, tmp_path):
    Practice.objects.filter(id=aurora.id).update(business_associate_agreed_at=None)
    write(tmp_path, a_ndjson=lines(patient()))
    with pytest.raises(CommandError, match="No signed business associate agreement is on record for Aurora Aesthetics"):
        run(tmp_path, "--practice", "aurora")


@pytest.mark.parametrize("target", [["--practice", "aurora"], ["--split-by-organization"]])
def test_it_asks_before_it_reads_anybodys_record(aurora, tmp_path, target):
    Practice.objects.filter(id=aurora.id).update(business_associate_agreed_at=None)
    source, report = tmp_path / "export", tmp_path / "errors.csv"
    source.mkdir()
    write(source, a_ndjson=lines(patient(), {"resourceType": "Patient", "id": "p2"}))
    with pytest.raises(CommandError, match="No signed business associate agreement"):
        run(source, *target, "--errors", report)
    assert not report.exists()


def test_a_paper_agreement_without_the_clause_can_be_attested(aurora, tmp_path):
    Practice.objects.filter(id=aurora.id).update(business_associate_agreed_at=None)
    write(tmp_path, a_ndjson=lines(patient()))
    run(tmp_path, "--practice", "aurora", "--attest-agreement", "Olivia, today", "--without-aggregation")
    practice = Practice.objects.get(id=aurora.id)
    assert practice.business_associate_agreed_at is not None
    assert practice.aggregation_agreed_at is None
