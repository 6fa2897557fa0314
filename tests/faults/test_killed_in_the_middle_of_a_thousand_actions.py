"""Web server, worker and queue are killed again and again while a desk works: nothing is lost, nothing is made up."""

import random
import threading

import pytest

from core.outbox.models import Event
from core.tenancy.scope import PracticeRef, practice_scope
from tests.faults import agreeing
from tests.faults.desk import NO_ANSWER, Desk
from tests.faults.refusing import refuse_now_and_then
from tests.faults.running import PATIENCE, Running, Valkey, Web, Worker, wait_until

ACTIONS = 1000
PEOPLE = 3
SEED = 20261123

pytestmark = pytest.mark.slow


def kill_at(desk: Desk, moment: int, victim: Running) -> None:
    """Wait until so many requests were sent, kill, and start again: with others under way all the time."""
    with desk.turn:
        assert desk.turn.wait_for(lambda: desk.asked >= moment or desk.failures, PATIENCE)
    if isinstance(victim, Web):
        desk.serving.clear()
    victim.kill()
    victim.start()
    desk.serving.set()


def a_thousand_actions(desk: Desk, *, web: Web, worker: Worker, valkey: Valkey) -> None:
    chance = random.Random(SEED)
    victims: list[Running] = [web, worker, web, valkey, worker, web, worker, web]
    chance.shuffle(victims)
    moments = sorted(chance.sample(range(50, ACTIONS - 100), len(victims)))
    people = [threading.Thread(target=desk.work, kwargs={"until": ACTIONS, "seed": SEED + n}) for n in range(PEOPLE)]
    for person in people:
        person.start()
    try:
        for moment, victim in zip(moments, victims, strict=True):
            kill_at(desk, moment, victim)
        # The last of it is only written down: the worker is gone, and after it the queue.
        with desk.turn:
            assert desk.turn.wait_for(lambda: desk.asked >= ACTIONS - 50 or desk.failures, PATIENCE)
        worker.kill()
    finally:
        desk.serving.set()
        for person in people:
            person.join(PATIENCE)
    assert desk.failures == []
    valkey.kill()
    valkey.start()
    worker.start()


def test_rows_trail_and_events_agree_and_every_event_is_told(
    desk: Desk, place: PracticeRef, web: Web, worker: Worker, valkey: Valkey
) -> None:
    refuse_now_and_then(place)
    worker.start()
    a_thousand_actions(desk, web=web, worker=worker, valkey=valkey)
    with practice_scope(place):
        wait_until(lambda: not Event.objects.filter(delivered_at=None).exists(), what="every event is delivered")
        rows, entries, events = agreeing.rows(), agreeing.entries(), agreeing.events()
        assert entries == rows
        assert events == rows
        assert {kind for kind, _ in rows} == set(agreeing.KINDS), "everything that a desk does was done"
        assert agreeing.entries_that_name_another_patient() == []
        assert agreeing.without_what_belongs_to_it() == []
        numbers = set(Event.objects.values_list("number", flat=True))
    told = agreeing.heard(worker.heard_in)
    assert {number for number, _ in told} == numbers
    assert agreeing.out_of_order(told) == []
    # Some were cut off and some refused at the last moment, or this has proven nothing.
    assert desk.asked >= ACTIONS
    assert desk.answers[NO_ANSWER] > 0
    assert desk.answers[500] > 0
    assert desk.answers[303] > ACTIONS / 2
