"""A writer whose transaction stays open while somebody reads: the way in which rows are committed late."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import copy_context
from threading import Event, Thread
from typing import Any

from django.db import connections, transaction

from core.tenancy.scope import PracticeRef, practice_scope
from tests.at_once import PATIENCE


@contextmanager
def held(place: PracticeRef, work: Callable[[], Any]) -> Iterator[None]:
    """`work` is done, and committed when the block ends. Raises what `work` raised."""
    done, end = Event(), Event()
    failed: list[Exception] = []

    def run() -> None:
        try:
            with practice_scope(place), transaction.atomic():
                work()
                done.set()
                end.wait(PATIENCE)
        except Exception as error:  # noqa: BLE001  raised again where the test is
            failed.append(error)
        finally:
            done.set()
            connections.close_all()

    thread = Thread(target=copy_context().run, args=(run,))
    thread.start()
    done.wait(PATIENCE)
    try:
        if failed:
            raise failed[0]
        yield
    finally:
        end.set()
        thread.join(PATIENCE)
    if failed:
        raise failed[0]
