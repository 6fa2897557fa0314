"""Two do the same thing at the same moment, each on a connection of their own."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from threading import Event
from typing import Any

from django.db import connection, connections, transaction

# Reached only where something hangs: however busy the machine is, nothing here waits for a clock.
PATIENCE = 120
_A_MOMENT = 0.02


def at_once(first: Callable[[], Any], second: Callable[[], Any]) -> list[Any]:
    """What each returned or raised. `second` begins when `first` has done its work but has not committed it.

    `first` commits when `second` is through, or stands before a lock: the database is asked whether it does.
    """
    begun, through = Event(), Event()
    follower: list[int] = []

    def hold_back() -> Any:
        try:
            with transaction.atomic():
                result = first()
                begun.set()
                while not through.wait(_A_MOMENT) and not _is_blocked(follower):
                    pass
                return result
        finally:
            begun.set()

    def follow() -> Any:
        try:
            if not begun.wait(PATIENCE):
                raise TimeoutError("the first one never did its work")
            connection.ensure_connection()
            follower.append(connection.connection.info.backend_pid)
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


def _is_blocked(pids: list[int]) -> bool:
    if not pids:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT cardinality(pg_blocking_pids(%s)) > 0", pids)
        return bool(cursor.fetchone()[0])
