"""The page that the team opens every morning: its queries, and the CPU that the web process spends on it."""

from dataclasses import replace

from tests.bench.day import STATUSES
from tests.bench.filling import fill
from tests.bench.measure import Bench, Measure
from tests.bench.readings import MILLI, interleaved
from tests.bench.table import Budget, Of, Row
from tests.bench.visitor import counting, sign_in
from tests.bench.weight import KILO, first_load

PATIENTS = 2_000
ROUNDS = 60
WORK = f"Today page, {len(STATUSES)} visits"


class Today(Measure):
    name = "today"

    def rows(self, bench: Bench) -> list[Row]:
        network = bench.network
        practice = network.open_apart("today")
        visits = fill(practice, patients=PATIENTS, years=3, now=network.now)
        visitor = sign_in(practice)
        page = visitor.get("/")
        weights = first_load(page.decode())
        visitor = replace(visitor, accepts="gzip")
        packed = visitor.get("/")
        with counting() as counted:
            visitor.get("/")
        reading = interleaved([lambda: visitor.get("/")], rounds=ROUNDS, warm_up=5)[0]
        return [
            Row(
                work=WORK,
                unit="queries",
                ours=len(counted.queries),
                budget=Budget(of=Of.OURS, limit=8),
                note=f"and {counted.entries} changes of practice and role, {counted.commits} commits; "
                f"{PATIENTS:,} patients, {visits:,} visits of history",
            ),
            Row(
                work="  … its HTML on the wire",
                unit="KB",
                ours=len(packed) / KILO,
                budget=Budget(of=Of.OURS, limit=12),
                note=f"{len(page) / KILO:.0f} KB before gzip",
            ),
            Row(
                work="  … with all that a first load fetches",
                unit="KB",
                ours=(len(packed) + sum(weights.values())) / KILO,
                budget=Budget(of=Of.OURS, limit=200),
                note=", ".join(f"{name} {size / KILO:.0f}" for name, size in weights.items()),
            ),
            Row(
                work="  … CPU of the web process",
                unit="ms",
                ours=min(reading.cpu) * MILLI,
                budget=Budget(of=Of.OURS, limit=25),
                note=f"the least of {ROUNDS}; half of them within {reading.cpu_median * MILLI:.1f} ms, "
                f"and {reading.median * MILLI:.1f} ms of wall clock with the database",
            ),
        ]
