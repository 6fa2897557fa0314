"""Who is slipping away: fitting a practice's visits, and scoring many patients."""

import numpy as np
from scipy.optimize import minimize

from loyalty import drift
from loyalty.drift.likelihood import Likelihood
from tests.bench.measure import Bench, Measure
from tests.bench.readings import MILLI, Readings
from tests.bench.table import Budget, Of, Row
from tests.bench.yardstick import MEANT, yardstick
from tests.drift import story

FITTED, SCORED, ALONE = 2_400, 50_000, 200
YEAR = 365
ROUNDS = 9
# Injectables every three or four months, and a third who do not come back after a visit.
PRACTICE = drift.Parameters(r=2, alpha=220 / 3, a=1, b=2, k=3)


class Drifting(Measure):
    name = "drifting"

    def rows(self, bench: Bench) -> list[Row]:
        table = story.practice(PRACTICE, patients=FITTED, seed=1)
        many = story.practice(PRACTICE, patients=SCORED, seed=2)
        found = drift.fit(table, prior=drift.WEAK_PRIOR)
        usual, fitting, scoring, alone, yard = (Readings() for _ in range(5))
        usual.take(lambda: without_gradient(table, found.by_k))
        for _ in range(ROUNDS):
            yard.take(yardstick)
            fitting.take(lambda: drift.fit(table, prior=drift.WEAK_PRIOR))
            scoring.take(lambda: score(found.parameters, many))
        alone.take(lambda: [score(found.parameters, one) for one in singly(many)])
        return [
            Row(
                work=f"drift fit of {FITTED:,} patients",
                unit="ms",
                usual=usual.median * MILLI,
                ours=fitting.median * MILLI,
                ours_least=fitting.least * MILLI,
                budget=Budget(of=Of.RATIO, limit=5),
                note="k chosen, toward a prior; usual: each of the same k by Nelder and Mead, without gradient",
            ),
            Row(
                work="  … in milliseconds",
                unit="ms",
                ours=fitting.least * MILLI,
                budget=Budget(of=Of.OURS, limit=50, decides=False),
                note=f"the least of {ROUNDS}",
            ),
            Row(
                work="  … where the yardstick takes 5 ms",
                unit="ms",
                ours=fitting.least / yard.least * MEANT,
                budget=Budget(of=Of.OURS, limit=50),
                note=f"here it took {yard.least * MILLI:.1f} ms in the same turns",
            ),
            Row(
                work=f"scoring {SCORED:,} patients",
                unit="ms",
                usual=alone.median * MILLI * SCORED / ALONE,
                ours=scoring.median * MILLI,
                ours_least=scoring.least * MILLI,
                budget=Budget(of=Of.RATIO, limit=20),
                note=f"P(alive) and visits in a year; usual: one after the other, from {ALONE} of them",
            ),
            Row(
                work="  … in milliseconds",
                unit="ms",
                ours=scoring.least * MILLI,
                budget=Budget(of=Of.OURS, limit=100, decides=False),
                note=f"the least of {ROUNDS}",
            ),
            Row(
                work="  … where the yardstick takes 5 ms",
                unit="ms",
                ours=scoring.least / yard.least * MEANT,
                budget=Budget(of=Of.OURS, limit=100),
                note=f"here it took {yard.least * MILLI:.1f} ms in the same turns",
            ),
        ]


def score(parameters: drift.Parameters, table: drift.Table) -> None:
    drift.expected_visits(parameters, table, YEAR)


def singly(table: drift.Table) -> list[drift.Table]:
    rows = zip(table.x[:ALONE], table.t_x[:ALONE], table.T[:ALONE], strict=True)
    return [drift.Table.of(x=x, t_x=t_x, T=until) for x, t_x, until in rows]


def without_gradient(table: drift.Table, ks: dict[int, float]) -> None:
    for k in ks:
        likelihood = Likelihood(table, k=k)
        begin = np.log(np.array([1.0, 100 / k, 1.0, 3.0]))
        minimize(lambda logs, one=likelihood: -one.at(logs).log_likelihood, begin, method="Nelder-Mead")
