"""The worker is killed in the middle of an import, twice: it goes on where it was, and every row is there once."""

from datetime import UTC, datetime

import pytest

from core.tenancy.scope import practice_scope
from loyalty.intake.check_import import check_import
from loyalty.intake.choose_columns import Columns, choose_columns
from loyalty.intake.start_import import start_import
from loyalty.intake.upload import upload
from loyalty.models import ContactPoint, Import, ImportedRow, ImportState, Patient, PatientIdentifier
from tests.faults.running import Worker, wait_until

ROWS = 16_000

pytestmark = pytest.mark.slow


@pytest.fixture
def importer(environment, folder):
    server = Worker(
        environment=environment,
        log=folder / "importer.log",
        heard=folder / "heard",
        with_module="tests.faults.importing",
    )
    yield server
    server.kill()


@pytest.fixture
def started(place):
    """An import that waits for a worker."""
    lines = (f"{n},Ana,Number{n},ana{n}@example.com\n" for n in range(ROWS))
    content = "Client ID,First Name,Last Name,Email\n" + "".join(lines)
    now = datetime.now(UTC)
    with practice_scope(place):
        of = upload(name="clients.csv", chunks=[content.encode()])
        columns = Columns(mapping=of.mapping, known_as="Old system")
        choose_columns(import_id=of.id, columns=columns, background=False, now=now)
        check_import(import_id=of.id, clock=lambda: datetime.now(UTC))
        return start_import(import_id=of.id, background=False, now=now)


@pytest.mark.usefixtures("started")
def test_it_goes_on_where_it_was_and_every_row_is_there_once(place, importer):
    def reached(row):
        return Import.objects.filter(state=ImportState.RUNNING, position__gt=row).exists()

    with practice_scope(place):
        for row in (0, ROWS // 2):
            importer.start()
            wait_until(lambda row=row: reached(row), what=f"row {row} is imported", seconds=120)
            importer.kill()
            of = Import.objects.get()
            # Between two batches or in one: what is in the database is whole batches, and no more.
            assert (of.state, of.new) == (ImportState.RUNNING, Patient.objects.count())
            assert 0 < of.new < ROWS
        importer.start()
        wait_until(lambda: Import.objects.get().state == ImportState.DONE, what="the import ends", seconds=180)
        of = Import.objects.get()
        assert (of.new, of.changed, of.unchanged, of.refused, of.remarked) == (ROWS, 0, 0, 0, 0)
        assert (Patient.objects.count(), ContactPoint.objects.count(), ImportedRow.objects.count()) == (ROWS,) * 3
        numbers = set(PatientIdentifier.objects.values_list("value", flat=True))
        assert numbers == {str(n) for n in range(ROWS)}
