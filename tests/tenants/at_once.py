"""Two do the same thing at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Event
from typing import Any

from django.db import connections, transaction

PATIENCE = 20
TIME_TO_BLOCK = 0.7


def at_once(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """What each returned or raised. `second` begins when `first` has done its work but has not committed it.

    `first` commits when `second` is through, or has had time to run into a lock.
    """
    begun, through = Event(), Event()

    def hold_back() -> Any:
        with transaction.atomic():
            result = first()
            begun.set()
            through.wait(TIME_TO_BLOCK)
            return result

    def follow() -> Any:
        begun.wait(PATIENCE)
        try:
            return second()
        finally:
            through.set()

    def run(work: Callable[[], Any]) -> Any:
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        futures = [pool.submit(copy_context().run, run, work) for work in (hold_back, follow)]
        return [future.exception(PATIENCE) or future.result() for future in futures]
