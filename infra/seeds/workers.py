"""Several practices at once, each in a process of its own, that ends when the one who started it ends."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from multiprocessing import get_context

from django.db import connections

from infra.seeds.begin_worker import begin_worker
from infra.seeds.members import Member
from infra.seeds.plant import Plan, plant


def plant_all(
    members: Sequence[Member], plan: Plan, *, processes: int, make_ready: Callable[[], object]
) -> Iterator[tuple[Member, int]]:
    """Plant every one of them; yields each with its number of rows as it is done. Raises what planting raised.

    `make_ready` is called before each, to make the schema that it will take.
    """
    if processes == 1:
        for member in members:
            make_ready()
            yield member, plant(member, plan)
        return
    # Spawned, not forked: a forked process would share our connections to the database.
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn"), initializer=begin_worker) as pool:
        pending: dict[Future[int], Member] = {}
        try:
            for member in members:
                make_ready()
                pending[pool.submit(_plant, member, plan)] = member
                # A few wait in line, so that nobody is idle; more would only hide how far we are.
                if len(pending) > 2 * processes:
                    yield from _done(pending)
            while pending:
                yield from _done(pending)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _done(pending: dict[Future[int], Member]) -> Iterator[tuple[Member, int]]:
    """Wait until at least one is done; yields those that are, and takes them out of `pending`."""
    for done in wait(pending, return_when=FIRST_COMPLETED).done:
        yield pending.pop(done), done.result()


def _plant(member: Member, plan: Plan) -> int:
    try:
        return plant(member, plan)
    finally:
        connections.close_all()
