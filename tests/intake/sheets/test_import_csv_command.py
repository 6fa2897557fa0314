from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from core.tenancy.scope import practice_scope
from loyalty.models import Import, Patient
from tenants.models import Practice

FILE = "Client ID,First Name,Last Name,DOB\n1,Ana,Ruiz,05/17/1980\n2,,,\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "clients.csv"
    path.write_text(FILE)
    return path


def run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_csv", *map(str, arguments), "--practice", "aurora", "-v", "0", stdout=out)
    return out.getvalue()


def test_it_imports_and_says_with_its_exit_that_rows_were_refused(aurora, file, tmp_path):
    errors = tmp_path / "mend.csv"
    with pytest.raises(SystemExit) as ended:
        run(file, "--system", "Old", "--errors", errors)
    assert ended.value.code == 3
    assert "Not imported" in errors.read_text()
    assert errors.stat().st_mode & 0o077 == 0
    with practice_scope(aurora):
        assert Patient.objects.get().given_name == "Ana"


def test_a_dry_run_leaves_nothing_behind(aurora, file):
    file.write_text(FILE.rpartition("2,")[0])
    said = run(file, "--system", "Old", "--dry-run")
    assert "Would import patients: 1 new, 0 changed, 0 unchanged, 0 refused" in said
    with practice_scope(aurora):
        assert not Patient.objects.exists()
        assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "Use --system NAME"),
        (["--system", "Old", "--map", "Nowhere=city"], "the file has no column “Nowhere”"),
        (["--system", "Old", "--map", "DOB=planet"], "“planet” is no field"),
        (["--system", "Old", "--map", "First Name=", "--map", "Last Name="], "Say which column holds the name"),
    ],
)
def test_what_it_cannot_do_is_one_sentence_and_leaves_nothing(aurora, file, arguments, message):
    with pytest.raises(CommandError) as error:
        run(file, *arguments)
    assert message in str(error.value)
    with practice_scope(aurora):
        assert not Import.objects.exists()


def test_no_patient_before_the_agreement(aurora, file):
    Practice.objects.filter(id=aurora.id).update(business_associate_agreed_at=None)
    with pytest.raises(CommandError, match="No signed business associate agreement"):
        run(file, "--system", "Old")
