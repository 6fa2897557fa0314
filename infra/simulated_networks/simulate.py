"""Thousands of networks, each with its own practices, patients and lots."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import reduce
from multiprocessing import get_context
from operator import add

import numpy as np

from infra.simulated_networks.joined import joined
from infra.simulated_networks.looks import Tally, look
from infra.simulated_networks.truth import Truth, outcomes

# Networks that are held in memory together.
CHUNK = 250
COVERED = (0.93, 0.975)
MOST_CALLED = 0.065


@dataclass(frozen=True, slots=True)
class Row:
    """What came out for networks of so many practices, of which this is true."""

    practices: int
    truth: Truth
    tally: Tally

    @property
    def covered(self) -> float:
        return self.tally.covered / self.tally.networks

    @property
    def called(self) -> float:
        return self.tally.called / self.tally.networks

    @property
    def practice_covered(self) -> float:
        return self.tally.practice_covered / self.tally.practices

    @property
    def practice_called(self) -> float:
        return self.tally.practice_called / self.tally.practices

    def outside(self) -> Iterator[str]:
        """Sentences about every bound that is not kept."""
        where = f"{self.practices} practices, {self.truth}"
        low, high = COVERED
        for share, of in ((self.covered, "pooled"), (self.practice_covered, "one practice's")):
            if not low <= share <= high:
                yield f"{where}: the final {of} interval covers {share:.1%}, not {low:.1%} to {high:.1%}."
        if self.truth != Truth.SOME and self.called > MOST_CALLED:
            yield f"{where}: {self.called:.1%} are called an effect, more than {MOST_CALLED:.1%}."
        # Where practices differ around 0, most have an effect of their own.
        if self.truth == Truth.NOWHERE and self.practice_called > MOST_CALLED:
            yield f"{where}: {self.practice_called:.1%} of practices call it an effect, more than {MOST_CALLED:.1%}."


def simulate(*, networks: int, practices: Sequence[int], seed: int, processes: int = 1) -> list[Row]:
    """One row for each number of practices and each truth. The same seed gives the same rows, on however many cores."""
    chunks = [(seed, begin, min(CHUNK, networks - begin), tuple(practices)) for begin in range(0, networks, CHUNK)]
    if processes == 1:
        tallies = [_chunk(*chunk) for chunk in chunks]
    else:
        # Spawned, since nothing that this process has open is theirs.
        with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
            tallies = list(pool.map(_chunk, *zip(*chunks, strict=True)))
    return [Row(*key, reduce(add, (tally[key] for tally in tallies))) for key in tallies[0]]


def _chunk(seed: int, begin: int, networks: int, practices: Sequence[int]) -> dict[tuple[int, Truth], Tally]:
    rng = np.random.default_rng([seed, begin])
    everybody = joined(networks, max(practices), rng)
    return {
        (count, truth): look(members, outcomes(truth, members, rng))
        for count in practices
        for members in [everybody.of_practices(count)]
        for truth in Truth
    }
