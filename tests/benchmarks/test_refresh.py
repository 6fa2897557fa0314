"""Every night, and by hand: each practice computes its figures in its own schema."""

from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command

from core.jobs import JobRefused
from core.tenancy.scope import practice_scope
from loyalty.benchmarks.jobs import refresh_all, refresh_practice
from loyalty.benchmarks.models import Contribution
from loyalty.models import Figure, Location, Patient, Visit
from tenants.models import Practice
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _on_the_day_of_the_cast():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def visits(aurora, borealis):
    """Twelve people visited Aurora in October, and thirty Borealis, which has not agreed to contribute."""
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=NOW)
    for practice, people in ((aurora, 12), (borealis, 30)):
        with practice_scope(practice):
            for number in range(people):
                starts = datetime(2026, 10, 5, 18, number, tzinfo=UTC)
                Visit.objects.create(
                    patient=Patient.objects.create(given_name=f"Patient {number}"),
                    location=Location.objects.first(),
                    status="completed",
                    starts_at=starts,
                    completed_at=starts + timedelta(hours=1),
                    day=date(2026, 10, 5),
                    is_history=True,
                )


def active(practice):
    with practice_scope(practice):
        return list(Figure.objects.filter(metric="active_patients").values_list("value", flat=True))


def test_the_command_refreshes_every_practice(visits, aurora, borealis):
    out = StringIO()
    call_command("refresh_benchmarks", stdout=out)
    assert (active(aurora), active(borealis)) == ([12], [30])
    assert out.getvalue() == "8 figures of 2 practices, 4 contributed to the network.\n"
    assert set(Contribution.objects.values_list("practice_id", flat=True)) == {aurora.id}


def test_the_command_refreshes_only_the_practices_it_is_told(visits, aurora, borealis):
    call_command("refresh_benchmarks", "borealis", stdout=StringIO())
    assert (active(aurora), active(borealis)) == ([], [30])


def test_the_command_says_which_practice_it_does_not_know(visits):
    with pytest.raises(CommandError, match="No active practice is called nowhere"):
        call_command("refresh_benchmarks", "aurora", "nowhere")


def test_the_job_refreshes_the_practice_it_carries(visits, aurora, borealis):
    done = refresh_practice.apply(kwargs={"practice_id": str(borealis.id)}, throw=True)
    assert done.result == 4
    assert (active(aurora), active(borealis)) == ([], [30])


def test_the_job_does_not_run_without_a_practice(visits):
    with pytest.raises(JobRefused, match="without a practice"):
        refresh_practice.apply(kwargs={}, throw=True)


def test_the_nightly_job_asks_every_active_practice(
    visits, aurora, borealis, django_capture_on_commit_callbacks, monkeypatch
):
    asked = []
    monkeypatch.setattr(refresh_practice, "apply_async", lambda kwargs: asked.append(kwargs))
    Practice.objects.filter(id=borealis.id).update(status="suspended")
    with django_capture_on_commit_callbacks(execute=True):
        assert refresh_all.apply(throw=True).result == 1
    assert asked == [{"practice_id": str(aurora.id)}]
