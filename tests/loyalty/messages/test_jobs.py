"""From the event to the way out, by the jobs that a worker runs."""

from datetime import timedelta

import pytest
import time_machine

from core.outbox.deliver import deliver as deliver_events
from core.tenancy.scope import control_plane
from loyalty.messages.jobs import send_due, send_due_everywhere, send_one
from loyalty.models import Message


@pytest.fixture
def sent_jobs(monkeypatch):
    """Jobs that were sent, instead of a broker: (name, arguments)."""
    sent = []
    for job in (send_one, send_due):
        monkeypatch.setattr(
            job, "apply_async", lambda kwargs, name=job.name: sent.append((name, kwargs)), raising=False
        )
    return sent


def test_an_event_asks_for_its_message_to_be_sent(
    patient, write, in_aurora, sent_jobs, django_capture_on_commit_callbacks
):
    message = write(patient)
    with django_capture_on_commit_callbacks(execute=True):
        deliver_events(most=10)
    assert sent_jobs == [("messages.send", {"message_id": str(message.id), "practice_id": str(in_aurora.id)})]


def test_the_job_sends_it(patient, write, in_aurora, texts, now):
    message = write(patient)
    with time_machine.travel(now, tick=False), control_plane():
        send_one(message_id=str(message.id), practice_id=str(in_aurora.id))
    assert Message.objects.get().state == "sent"
    assert len(texts()) == 1


def test_what_was_held_goes_out_in_the_morning(
    patient, write, in_aurora, texts, sent_jobs, now, django_capture_on_commit_callbacks
):
    held = write(patient, at=now + timedelta(hours=13))
    with control_plane(), django_capture_on_commit_callbacks(execute=True):
        with time_machine.travel(held.not_before - timedelta(minutes=1), tick=False):
            assert send_due_everywhere() == 0
        with time_machine.travel(held.not_before, tick=False):
            assert send_due_everywhere() == 1
    assert sent_jobs == [("messages.send_due", {"practice_id": str(in_aurora.id)})]
    with time_machine.travel(held.not_before, tick=False), control_plane():
        send_due(practice_id=str(in_aurora.id))
    assert len(texts()) == 1
