"""An owner brings the patients of the old system: upload, columns, check, import, undo."""

from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from core import audit
from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.run_import import run_import
from loyalty.intake.run_undo import run_undo
from loyalty.models import Import, Patient
from tests.cast import PASSWORD
from tests.places import owner_of

pytestmark = pytest.mark.browser

FILE = (
    "Client ID,First Name,Last Name,DOB,Mobile,Email Opt In,Notes\n"
    "004182,Marguerite,Ellison,02/03/1969,(503) 555-0148,Y,Has a new puppy\n"
    "004183,Owen,Bradley,02/30/1984,(971) 555-0172,N,\n"
    "004184,Nora,Haddad,09/30/1990,(503) 555-0133,Y,\n"
    "004185,,,,(503) 555-0199,,\n"
)


@pytest.fixture
def place(open_place):
    return open_place(time_zone="America/Los_Angeles")


@pytest.fixture
def owner(place):
    person = owner_of(place, password=PASSWORD)
    yield person.email
    person.delete()


@pytest.fixture
def worker(place, aside):
    """worker(job): does what the worker would, for the one import there is."""

    def work(job):
        def inside():
            with practice_scope(place), audit.asking(audit.Asker.job("intake")):
                job(import_id=Import.objects.get().id, clock=timezone.now)

        aside(inside)

    return work


@pytest.fixture
def patients(place, aside):
    def names():
        with practice_scope(place):
            return sorted(Patient.objects.values_list("given_name", flat=True))

    return lambda: aside(names)


def test_from_the_upload_to_the_undo(place, owner, worker, patients, sign_in_page, problems, tmp_path: Path):
    file = tmp_path / "clients.csv"
    file.write_text(FILE)
    page = sign_in_page(owner, at=place.slug)
    page.get_by_role("link", name="Settings").click()
    page.get_by_role("link", name="Import Patients and visits from elsewhere").click()
    page.get_by_role("button", name="Look at the file").click()
    expect(page.get_by_role("alert")).to_contain_text("Choose a file first.")
    page.get_by_label("Your file").set_input_files(file)
    page.get_by_role("button", name="Look at the file").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Match columns")
    expect(page.get_by_label("DOB")).to_have_value("birth_date")
    expect(page.get_by_label("Email Opt In")).to_have_value("")
    page.get_by_role("button", name="Check the rows").click()
    expect(page.get_by_role("alert")).to_contain_text("Name the system the file comes from")
    page.get_by_label("The system it comes from").fill("Boulevard")
    page.get_by_role("button", name="Check the rows").click()

    expect(page.get_by_role("heading", level=1)).to_have_text("Checking every row")
    worker(check_import)
    # The page asks by itself, and shows what came of it.
    expect(page.get_by_role("heading", level=1)).to_have_text("Check the rows")
    preview = page.get_by_role("region", name="Preview of rows")
    expect(preview.get_by_role("row", name="Marguerite Ellison")).to_contain_text("February 3, 1969")
    expect(preview.get_by_role("row", name="Owen Bradley")).to_contain_text("February 1984 has no day 30")
    expect(page.get_by_role("region", name="To mend")).to_contain_text("The row has no name")
    assert patients() == []
    with page.expect_download() as downloaded:
        page.get_by_role("link", name="Download all rows to mend").click()
    assert "004183,Owen,Bradley,02/30/1984" in downloaded.value.path().read_text()

    page.get_by_role("button", name="Import 3 rows").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("About to begin")
    worker(run_import)
    expect(page.get_by_role("heading", level=1)).to_have_text("Imported")
    assert patients() == ["Marguerite", "Nora", "Owen"]

    page.get_by_role("button", name="Undo this import").click()
    worker(run_undo)
    expect(page.get_by_role("heading", level=1)).to_have_text("Undone")
    assert patients() == []
    # Two forms came back with what was missing.
    assert [one for one in problems if "422" not in one] == []
