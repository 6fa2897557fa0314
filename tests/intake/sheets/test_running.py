"""An import runs in batches: it is resumed where it was, stopped, and never beside another one."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict
from loyalty.intake import jobs
from loyalty.intake import run_import as running
from loyalty.intake.run_import import run_import, waiting
from loyalty.intake.sheets import batches
from loyalty.intake.start_import import start_import
from loyalty.intake.stop_import import stop_import
from loyalty.models import Import, ImportedRow, ImportIssue, Patient
from tests.intake.sheets.conftest import counts

ROWS = 25


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch):
    monkeypatch.setattr(batches.batches, "__kwdefaults__", {"after": 0, "size": 10})


@pytest.fixture
def checked(bring):
    return bring.checked("Name,Email\n" + "".join(f"Ana Number{n},ana{n}@example.com\n" for n in range(ROWS)))


@pytest.fixture
def started(checked, clock):
    return start_import(import_id=checked.id, background=False, now=clock())


class Killed(BaseException):
    """The process is gone, in the middle of a batch."""


def test_killed_in_a_batch_it_goes_on_where_it_was(started, clock, monkeypatch):
    whole = running.keep_issues
    calls = []

    def killed_at_the_second(*args, **more):
        calls.append(1)
        if len(calls) == 2:
            raise Killed
        return whole(*args, **more)

    monkeypatch.setattr(running, "keep_issues", killed_at_the_second)
    with pytest.raises(Killed):
        run_import(import_id=started.id, clock=clock)
    of = Import.objects.get()
    assert (of.state, of.position, of.new, Patient.objects.count()) == ("running", 11, 10, 10)
    run_import(import_id=started.id, clock=clock)
    of.refresh_from_db()
    assert (of.state, counts(of), Patient.objects.count()) == ("done", {"new": ROWS}, ROWS)
    assert ImportedRow.objects.count() == ROWS


def test_two_workers_at_one_import_bring_no_row_twice(started, clock):
    inside = []

    def another_takes_over(_rows):
        if not inside:
            inside.append(1)
            run_import(import_id=started.id, clock=clock)

    run_import(import_id=started.id, clock=clock, advance=another_takes_over)
    of = Import.objects.get()
    assert (of.state, counts(of), Patient.objects.count()) == ("done", {"new": ROWS}, ROWS)


def test_a_worker_that_fell_behind_another_brings_no_row_twice(started, clock):
    """The other one is killed after a batch, so the import runs still: only its place tells that it went on."""
    inside = []

    def killed(_rows):
        raise Killed

    def another_takes_one_batch(_rows):
        if not inside:
            inside.append(1)
            with pytest.raises(Killed):
                run_import(import_id=started.id, clock=clock, advance=killed)

    run_import(import_id=started.id, clock=clock, advance=another_takes_one_batch)
    assert Import.objects.get().state == "running"
    run_import(import_id=started.id, clock=clock)
    of = Import.objects.get()
    assert (of.state, counts(of), Patient.objects.count()) == ("done", {"new": ROWS}, ROWS)


def test_it_stops_after_the_batch_it_is_at_and_can_go_on(started, clock, bring):
    run_import(import_id=started.id, clock=clock, advance=lambda _rows: stop_once(started, clock))
    of = Import.objects.get()
    assert (of.state, of.new) == ("stopped", 10)
    bring.run(of)
    assert (of.state, of.new, Patient.objects.count()) == ("done", ROWS, ROWS)


def test_a_stopped_import_can_be_undone(started, clock, bring):
    run_import(import_id=started.id, clock=clock, advance=lambda _rows: stop_once(started, clock))
    of = bring.undo(Import.objects.get())
    assert (of.state, of.removed, Patient.objects.count()) == ("undone", 10, 0)


def test_a_second_import_waits_for_the_first(started, clock, bring):
    second = bring.checked("Name,Email\nLeo Ruiz,leo@example.com\n,nobody@example.com\n")

    def meanwhile(_rows):
        if Import.objects.get(id=second.id).state == "checked":
            start_import(import_id=second.id, background=False, now=clock())
            assert not run_import(import_id=second.id, clock=clock)
            assert ImportIssue.objects.filter(of=second).count() == 1
            assert not Entry.objects.filter(verb="import.begun", subject_id=second.id).exists()

    run_import(import_id=started.id, clock=clock, advance=meanwhile)
    assert waiting() == second.id
    run_import(import_id=second.id, clock=clock)
    assert not Import.objects.exclude(state="done").exists()


def test_the_database_itself_refuses_a_second_one(started, bring, clock):
    second = bring.checked("Name,Email\nLeo Ruiz,leo@example.com\n")
    Import.objects.filter(id=started.id).update(state="running", started_at=clock())
    with pytest.raises(IntegrityError, match="import_one_at_a_time"), transaction.atomic():
        Import.objects.filter(id=second.id).update(state="running", started_at=clock())


def test_it_is_started_once(started, clock):
    with pytest.raises(Conflict, match="waits for another"):
        start_import(import_id=started.id, background=False, now=clock())


def test_what_a_crash_left_is_taken_up(started, clock, monkeypatch):
    sent = []
    monkeypatch.setattr(jobs, "enqueue", lambda job, **ids: sent.append((job.name, ids["import_id"])))
    Import.objects.filter(id=started.id).update(state="running", started_at=clock(), worked_at=clock())
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(jobs.timezone, "now", lambda: clock() + timedelta(minutes=1))
        assert jobs.take_up.run() == 0
        patch.setattr(jobs.timezone, "now", lambda: clock() + timedelta(minutes=3))
        assert jobs.take_up.run() == 1
    assert sent == [("intake.run", str(started.id))]


def stop_once(of, clock):
    if Import.objects.get(id=of.id).state == "running":
        stop_import(import_id=of.id, now=clock())
