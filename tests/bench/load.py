"""What a network is asked while it is timed, the same in a small one and in a large one."""

import statistics
from datetime import datetime
from functools import partial
from itertools import cycle

from core.tenancy.scope import PracticeRef, practice_scope
from loyalty.metrics.compute import compute
from loyalty.metrics.windows import Month, months_to_compute
from tests.bench.filling import fill
from tests.bench.history import ZONE
from tests.bench.network import Network
from tests.bench.readings import Readings
from tests.bench.visitor import sign_in

# Of each practice in turn: enough for a full day and its briefs.
PATIENTS, YEARS = 40, 1
# Of the one whose figures are computed.
MANY_PATIENTS, MANY_YEARS = 2_000, 3
PATH = "/"
# What one thread makes the pool open: the second while it waits for the first.
MOST_CONNECTIONS = 2


def months(now: datetime) -> list[Month]:
    """The last MANY_YEARS of closed months."""
    first = now.astimezone(ZONE).date().replace(day=1, year=now.year - MANY_YEARS)
    return months_to_compute(first_day=first, now=now, zones=[ZONE], at_most=12 * MANY_YEARS)


class Visits:
    """Requests of people who are signed in, each to the next practice in turn.

    first: seconds of the median request to a practice that its connection had not worked for yet.
    """

    def __init__(self, network: Network) -> None:
        for practice in network.practices:
            fill(practice, patients=PATIENTS, years=YEARS, now=network.now)
        visitors = [sign_in(practice) for practice in network.practices]
        self._turns = cycle(visitors)
        # A backend reads a practice's catalog when it first works for it: told apart from what follows.
        self.first = statistics.median(self.ask(len(visitors)))
        # The pool's connections take turns; now each has been everywhere.
        self.ask(len(visitors) * MOST_CONNECTIONS)

    def ask(self, count: int) -> list[float]:
        """Seconds of wall clock of each request."""
        readings = Readings()
        for visitor, _ in zip(self._turns, range(count), strict=False):
            readings.take(partial(visitor.get, PATH))
        return readings.wall


class Figures:
    """The figures of one practice, computed again and again."""

    def __init__(self, network: Network) -> None:
        self.practice: PracticeRef = network.open_apart("figures")
        self.visits = fill(self.practice, patients=MANY_PATIENTS, years=MANY_YEARS, now=network.now)
        self.months = months(network.now)

    def ask(self, count: int) -> list[float]:
        readings = Readings()
        with practice_scope(self.practice):
            for _ in range(count):
                readings.take(lambda: compute(months=self.months))
        return readings.wall
