import uuid

import pytest

from core.jobs import JobRefused, enqueue, network_job, practice_job
from core.tenancy.scope import current_practice
from loyalty.models import Location
from tenants.models import Practice


@practice_job("tests.location_names")
def location_names() -> list[str]:
    return [current_practice().slug, *Location.objects.values_list("name", flat=True)]


@network_job("tests.practice_count")
def practice_count() -> int:
    return Practice.objects.count()


def run(job, **kwargs):
    return job.apply(kwargs=kwargs, throw=True).result


def test_a_job_runs_inside_its_practice(aurora, borealis):
    assert run(location_names, practice_id=str(aurora.id)) == ["aurora", "Aurora Aesthetics"]
    assert run(location_names, practice_id=str(borealis.id)) == ["borealis", "Borealis Skin"]


def test_a_job_without_a_practice_is_refused(db):
    with pytest.raises(JobRefused, match="without a practice"):
        run(location_names)


def test_a_job_for_an_unknown_practice_is_refused(db):
    with pytest.raises(JobRefused, match="not active"):
        run(location_names, practice_id=str(uuid.uuid4()))


def test_a_job_for_a_suspended_practice_is_refused(aurora):
    Practice.objects.filter(id=aurora.id).update(status="suspended")
    with pytest.raises(JobRefused, match="not active"):
        run(location_names, practice_id=str(aurora.id))


def test_a_networks_job_is_refused_inside_a_practice(aurora):
    with pytest.raises(JobRefused, match="works for the network"):
        run(practice_count, practice_id=str(aurora.id))


def test_a_networks_job_runs_as_control_plane(in_aurora):
    assert run(practice_count) == 2


def test_sending_without_a_practice_is_refused_at_once(db):
    with pytest.raises(JobRefused):
        enqueue(location_names)


def test_a_job_is_sent_when_the_transaction_commits(aurora, django_capture_on_commit_callbacks, monkeypatch):
    sent = []
    monkeypatch.setattr(location_names, "apply_async", lambda kwargs: sent.append(kwargs))
    with django_capture_on_commit_callbacks(execute=False) as callbacks:
        enqueue(location_names, practice_id=aurora.id)
        assert sent == []
    callbacks[0]()
    assert sent == [{"practice_id": str(aurora.id)}]


@practice_job("tests.takes_an_id")
def takes_an_id(*, visit_id: str) -> str:
    return visit_id


def test_a_job_is_sent_to_the_queue_as_it_is_declared(aurora, committed):
    """To the real queue: what the job's own parameters are is asked without its practice."""
    enqueue(location_names, practice_id=aurora.id)
    enqueue(takes_an_id, practice_id=aurora.id, visit_id="1")


def test_sending_what_a_job_does_not_take_is_refused_at_once(aurora):
    with pytest.raises(TypeError, match="visit_id"):
        enqueue(takes_an_id, practice_id=aurora.id)
    with pytest.raises(TypeError, match="more"):
        enqueue(location_names, practice_id=aurora.id, more="1")
