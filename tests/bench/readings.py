"""Repeated timings of the same work."""

import gc
import math
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

MILLI, MICRO = 1e3, 1e6


@dataclass(slots=True)
class Readings:
    """Seconds of wall clock of each repetition, and of CPU of this process where that was read."""

    wall: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        return statistics.median(self.wall)

    @property
    def least(self) -> float:
        return min(self.wall)

    @property
    def cpu_median(self) -> float:
        return statistics.median(self.cpu)

    def at(self, share: float) -> float:
        """The smallest reading that `share` of all readings do not exceed: at(0.95) is p95."""
        return sorted(self.wall)[math.ceil(share * len(self.wall)) - 1]

    def take(self, work: Callable[[], object]) -> None:
        """Run `work` once and note what it took."""
        wall, cpu = time.perf_counter(), time.process_time()
        work()
        self.cpu.append(time.process_time() - cpu)
        self.wall.append(time.perf_counter() - wall)


def interleaved(works: Sequence[Callable[[], object]], *, rounds: int, warm_up: int = 1) -> list[Readings]:
    """Each work once a round, in turn, so that whatever else the machine does weighs on all of them alike.

    The collector runs between rounds, not inside a reading.
    """
    readings = [Readings() for _ in works]
    for work in works:
        for _ in range(warm_up):
            work()
    for _ in range(rounds):
        gc.collect()
        gc.disable()
        try:
            for work, reading in zip(works, readings, strict=True):
                reading.take(work)
        finally:
            gc.enable()
    return readings
