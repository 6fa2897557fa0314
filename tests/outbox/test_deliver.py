"""Delivered at least once, in order for each record, and never lost by a failure."""

import threading
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection, transaction
from django.utils import timezone

from core.ids import uuid7
from core.outbox import consumers
from core.outbox.consumers import Happened, consumer
from core.outbox.deliver import BATCH, KEPT, MOST_TRIES, any_due, deliver, deliver_due, forget_delivered
from core.outbox.first import first_of_each
from core.outbox.models import Event
from core.outbox.publish import publish
from core.tenancy.scope import practice_scope
from infra.jobs import sweep_outboxes
from loyalty.models import Location, Staff

KIND = "location.tested"


@pytest.fixture
def heard(monkeypatch) -> list[Happened]:
    """What a consumer of KIND was told."""
    monkeypatch.setattr(consumers, "_consumers", {})
    told: list[Happened] = []
    consumer(KIND)(told.append)
    return told


@pytest.fixture
def place(in_aurora) -> Location:
    return Location.objects.get()


def tell(record, times: int = 1) -> None:
    with transaction.atomic():
        for _ in range(times):
            publish(KIND, record=record)


def test_a_consumer_hears_of_its_kind_only(heard, place):
    tell(place)
    with transaction.atomic():
        publish("location.other", record=place)
    assert deliver(most=10) == 2
    assert [(one.kind, one.record_id) for one in heard] == [(KIND, place.id)]
    assert not any_due(now=timezone.now())


def test_what_was_delivered_is_not_delivered_again(heard, place):
    tell(place)
    assert deliver(most=10) == 1
    assert deliver(most=10) == 0
    assert len(heard) == 1


def test_a_failure_is_tried_again_later_and_holds_back_the_later_events_of_that_record_only(monkeypatch, place):
    monkeypatch.setattr(consumers, "_consumers", {})
    other = Location.objects.create(name="Second", time_zone="UTC")
    heard: list[tuple[object, int]] = []
    broken = {place.id}

    @consumer(KIND)
    def consume(event: Happened) -> None:
        Staff.objects.create(display_name=f"made by {event.number}")
        if event.record_id in broken:
            raise ConnectionError("the provider quoted Marguerite")
        heard.append((event.record_id, event.number))

    tell(place, 2)
    tell(other)
    assert deliver(most=10) == 1
    assert [record for record, _ in heard] == [other.id]
    first, second = Event.objects.filter(record_id=place.id).order_by("number")
    assert (first.tries, first.failure, second.tries) == (1, "ConnectionError", 0)
    # What the consumer wrote before it failed was undone.
    assert not Staff.objects.filter(display_name=f"made by {first.number}").exists()
    assert first.next_try_at > timezone.now()
    broken.clear()
    assert deliver(most=10) == 0, "not before its time"
    with time_machine.travel(first.next_try_at + timedelta(seconds=1)):
        assert deliver(most=10) == 2
    assert [number for record, number in heard if record == place.id] == [first.number, second.number]


def test_after_many_tries_it_is_parked_and_the_record_goes_on(monkeypatch, place):
    monkeypatch.setattr(consumers, "_consumers", {})
    tell(place)
    first = Event.objects.get(kind=KIND)
    heard: list[int] = []

    @consumer(KIND)
    def consume(event: Happened) -> None:
        if event.number == first.number:
            raise ValueError
        heard.append(event.number)

    with time_machine.travel(timezone.now()) as clock:
        for _ in range(MOST_TRIES):
            deliver(most=10)
            clock.shift(timedelta(hours=13))
        first.refresh_from_db()
        assert (first.tries, first.delivered_at, first.parked_at is not None) == (MOST_TRIES, None, True)
        tell(place)
        with time_machine.travel(timezone.now() + timedelta(hours=1)):
            assert deliver(most=10) == 1
    assert len(heard) == 1


def test_whoever_delivered_as_many_as_one_may_asks_for_another_turn(heard, open_place, monkeypatch):
    sent: list[str] = []
    place = open_place()
    monkeypatch.setattr(deliver_due, "apply_async", lambda kwargs: sent.append(kwargs["practice_id"]))
    with practice_scope(place):
        tell(Location.objects.get(), BATCH + 1)
        sent.clear()
        assert deliver_due.run() == BATCH
        assert sent == [str(place.id)]
        sent.clear()
        assert deliver_due.run() == 1
        assert sent == []


def test_one_that_fails_among_as_many_as_one_may_leaves_nobody_waiting_for_the_sweep(monkeypatch, open_place):
    monkeypatch.setattr(consumers, "_consumers", {})
    sent: list[str] = []
    place = open_place()
    monkeypatch.setattr(deliver_due, "apply_async", lambda kwargs: sent.append(kwargs["practice_id"]))
    with practice_scope(place):
        broken, other = Location.objects.get(), Location.objects.create(name="Second", time_zone="UTC")

        @consumer(KIND)
        def consume(event: Happened) -> None:
            if event.record_id == broken.id:
                raise ConnectionError

        tell(broken, 2)
        tell(other, BATCH)
        sent.clear()
        assert deliver_due.run() == BATCH - 1
        assert sent == [str(place.id)]
        sent.clear()
        assert deliver_due.run() == 1
        assert sent == [], "what waits behind the one that failed is not due before it"


def test_finding_what_is_next_passes_over_what_waits_once(in_aurora):
    """Just after many came, when the database still believes that there are none."""
    records = 2000
    Event.objects.bulk_create(
        [Event(kind=KIND, record_kind="location", record_id=uuid7(), ids={}) for _ in range(records)]
    )
    waiting = Event.objects.filter(delivered_at__isnull=True, parked_at__isnull=True)
    with connection.cursor() as cursor:
        query, params = first_of_each(waiting, now=timezone.now()).query.sql_with_params()
        cursor.execute(f"EXPLAIN (ANALYZE, FORMAT JSON) {query}", params)
        (((plan,),),) = cursor.fetchall()
    assert records <= rows_read(plan["Plan"]) < 2 * records


def rows_read(node: dict[str, Any]) -> float:
    """How many rows all scans of a plan gave, each time they were begun."""
    here = node["Actual Rows"] * node["Actual Loops"] if "Relation Name" in node else 0.0
    return here + sum(rows_read(one) for one in node.get("Plans", ()))


def test_a_sweep_finds_what_a_crash_left_behind(heard, open_place, monkeypatch):
    sent: list[str] = []
    place = open_place()
    with practice_scope(place):
        tell(Location.objects.get())
    monkeypatch.setattr(deliver_due, "apply_async", lambda kwargs: sent.append(kwargs["practice_id"]))
    sweep_outboxes.apply(throw=True)
    assert str(place.id) in sent


def test_two_at_once_deliver_each_event_once_and_in_order(heard, open_place):
    place = open_place()
    with practice_scope(place):
        records = [Location.objects.create(name=f"L{n}", time_zone="UTC") for n in range(5)]
        for _ in range(8):
            for record in records:
                tell(record)

    def work() -> None:
        try:
            with practice_scope(place):
                while deliver(most=100):
                    pass
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    # What one found blocked by another's work is left to a later run.
    work()
    assert len({one.number for one in heard}) == len(heard) == 40
    for record in records:
        numbers = [one.number for one in heard if one.record_id == record.id]
        assert numbers == sorted(numbers)


def test_two_transactions_about_one_record_are_numbered_as_they_commit(open_place):
    place = open_place()
    with practice_scope(place):
        record = Location.objects.get()
    first_wrote, done = threading.Event(), []

    def second() -> None:
        first_wrote.wait(10)
        with practice_scope(place), transaction.atomic():
            publish(KIND, record=record)
            done.append("second")
        connection.close()

    thread = threading.Thread(target=second)
    thread.start()
    with practice_scope(place):
        with transaction.atomic():
            publish("location.first", record=record)
            first_wrote.set()
            thread.join(0.3)
            assert done == [], "the second waits for the first to commit"
        thread.join(10)
        assert list(Event.objects.order_by("number").values_list("kind", flat=True)) == ["location.first", KIND]


def test_what_was_delivered_long_ago_is_removed(heard, place):
    tell(place)
    deliver(most=1)
    tell(place)
    assert forget_delivered(now=timezone.now()) == 0
    assert forget_delivered(now=timezone.now() + KEPT + timedelta(minutes=1)) == 1
    assert Event.objects.count() == 1
