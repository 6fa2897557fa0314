"""An event is written with its change, or neither is."""

import pytest
from django.db import DatabaseError, transaction
from kombu.exceptions import OperationalError

from core.changed import changed
from core.outbox.deliver import deliver_due
from core.outbox.models import Event
from core.outbox.publish import NotInTransaction, publish
from core.tenancy.scope import NoPractice, practice_scope
from loyalty.models import Location


def test_an_event_names_its_record(in_aurora):
    place = Location.objects.get()
    with transaction.atomic():
        publish("location.opened", record=place, by=place.id, kind_of="clinic")
    event = Event.objects.get(kind="location.opened")
    assert (event.record_kind, event.record_id) == ("location", place.id)
    assert event.ids == {"by": str(place.id), "kind_of": "clinic"}
    assert event.delivered_at is None


@transaction.atomic
def changed_and_undone() -> None:
    changed("location.renamed", Location.objects.get())
    raise InterruptedError


def test_an_event_falls_with_its_change(open_place):
    with practice_scope(open_place()):
        with pytest.raises(InterruptedError):
            changed_and_undone()
        assert not Event.objects.exists()


def test_outside_of_a_transaction_it_is_refused(open_place):
    with practice_scope(open_place()):
        with pytest.raises(NotInTransaction):
            publish("location.opened", record=Location.objects.get())
        assert not Event.objects.exists()


def test_outside_of_a_practice_it_is_refused(db, aurora):
    with practice_scope(aurora):
        place = Location.objects.get()
    with pytest.raises(NoPractice):
        publish("location.opened", record=place)


def test_an_event_has_the_shape_of_a_code(in_aurora):
    with pytest.raises(DatabaseError, match="outbox_kind_shape"), transaction.atomic():
        publish("Location opened", record=Location.objects.get())


def test_committing_sends_the_job_that_delivers(in_aurora, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        publish("location.opened", record=Location.objects.get())
    assert len(callbacks) == 1


def test_a_thousand_events_of_one_transaction_ask_for_one_delivery(in_aurora, django_capture_on_commit_callbacks):
    record = Location.objects.get()
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        for _ in range(1000):
            publish("location.opened", record=record)
    assert len(callbacks) == 1


def test_what_a_savepoint_asked_for_falls_with_it(in_aurora, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        with pytest.raises(InterruptedError):
            changed_and_undone()
        assert callbacks == []
        publish("location.opened", record=Location.objects.get())
    assert len(callbacks) == 1


def test_what_a_savepoint_asked_for_stands_when_the_next_one_falls(in_aurora, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks, transaction.atomic():
        with transaction.atomic():
            publish("location.opened", record=Location.objects.get())
        with pytest.raises(InterruptedError):
            changed_and_undone()
    assert len(callbacks) == 1


def test_a_queue_that_does_not_answer_is_logged_and_the_change_stands(open_place, monkeypatch, caplog):
    def refuse(kwargs: object) -> None:
        raise OperationalError

    monkeypatch.setattr(deliver_due, "apply_async", refuse)
    with practice_scope(open_place()):
        with transaction.atomic():
            publish("location.opened", record=Location.objects.get())
        assert Event.objects.filter(kind="location.opened", delivered_at=None).count() == 1
    assert "on_commit" in caplog.text
