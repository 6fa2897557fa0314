"""The worker knows every job, and every job says where it belongs."""

from infra.celery import app


def ours():
    return {name: job for name, job in app.tasks.items() if not name.startswith("celery.")}


def test_everything_on_the_timetable_is_a_job_that_exists():
    wanted = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert wanted <= ours().keys()


def test_every_job_belongs_to_a_practice_or_to_the_network():
    assert [name for name, job in ours().items() if not hasattr(job, "is_practice_job")] == []


def test_jobs_survive_a_lost_worker():
    assert [name for name, job in ours().items() if not (job.acks_late and job.reject_on_worker_lost)] == []


def test_what_a_job_prints_does_not_become_a_log_line():
    assert not app.conf.worker_redirect_stdouts


def test_the_sweep_of_the_outboxes_is_on_the_timetable():
    assert "outbox.sweep" in {entry["task"] for entry in app.conf.beat_schedule.values()}
