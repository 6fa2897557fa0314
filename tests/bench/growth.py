"""What a request costs in a large network and in a small one, in turns."""

import statistics

from tests.bench.few import FEW, few_practices
from tests.bench.load import Visits
from tests.bench.measure import Bench, Measure
from tests.bench.readings import MILLI
from tests.bench.table import Budget, Of, Row

ROUNDS, REQUESTS = 8, 30


class Growth(Measure):
    name = "growth"

    def rows(self, bench: Bench) -> list[Row]:
        bench.network.grow(bench.wanted)
        count = len(bench.network.practices)
        with few_practices() as few:
            few.ask("visits", count=REQUESTS)
            visits = Visits(bench.network)
            in_few, in_many = [], []
            for _ in range(ROUNDS):
                in_few += few.ask("visits", count=REQUESTS)
                in_many += visits.ask(REQUESTS)
        small, large = statistics.median(in_few), statistics.median(in_many)
        return [
            Row(
                work=f"a request with {count} practices rather than {FEW}",
                unit="×",
                ours=large / small,
                budget=Budget(of=Of.OURS, limit=1.5),
                note=f"p50 of {ROUNDS * REQUESTS} requests for Today, each at the next practice: "
                f"{small * MILLI:.1f} ms, and {large * MILLI:.1f} ms; {visits.first * MILLI:.1f} ms the first time",
            )
        ]
