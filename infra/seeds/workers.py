"""Several practices at once, each in a process of its own, that ends when the one who started it ends."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context
from types import TracebackType
from typing import Self

from django.db import connections

from core import audit
from infra.seeds.begin_worker import begin_worker
from infra.seeds.members import Member
from infra.seeds.plan import Plan

# What is done for one practice; returns how many rows came of it.
Work = Callable[[Member, Plan], int]


class Workers:
    """`processes` of them; with 1 everything happens in this one."""

    def __init__(self, processes: int) -> None:
        # Spawned, not forked: a forked process would share our connections to the database.
        self._pool = (
            ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=begin_worker)
            if processes > 1
            else None
        )
        # A few wait in line, so that nobody is idle; more would only hide how far we are.
        self._most = 2 * processes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def each(
        self, members: Sequence[Member], work: Work, plan: Plan, *, before: Callable[[], object] = lambda: None
    ) -> Iterator[tuple[Member, int]]:
        """Do the work for every member; yields each with its number of rows as it is done. Raises what the work raised.

        `before` is called here before each is handed on.
        """
        if self._pool is None:
            for member in members:
                before()
                yield member, work(member, plan)
            return
        pending: dict[Future[int], Member] = {}
        for member in members:
            before()
            pending[self._pool.submit(_alone, work, member, plan)] = member
            if len(pending) > self._most:
                yield from _done(pending)
        while pending:
            yield from _done(pending)


def _done(pending: dict[Future[int], Member]) -> Iterator[tuple[Member, int]]:
    """Wait until at least one is done; yields those that are, and takes them out of `pending`."""
    for done in wait(pending, return_when=FIRST_COMPLETED).done:
        yield pending.pop(done), done.result()


def _alone(work: Work, member: Member, plan: Plan) -> int:
    try:
        with audit.asking(audit.Asker.operator("seed_demo")):
            return work(member, plan)
    finally:
        connections.close_all()
