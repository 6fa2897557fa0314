"""Making a practice's schema, and opening a practice on one that stands ready."""

from tests.bench.measure import Bench, Measure
from tests.bench.network import as_owner
from tests.bench.readings import MILLI, Readings
from tests.bench.same import check_same
from tests.bench.table import Budget, Of, Row

ROUNDS = 8


class Making(Measure):
    name = "making"

    def rows(self, bench: Bench) -> list[Row]:
        usual, ours, claim = Readings(), Readings(), Readings()
        bench.usual.make()
        for _ in range(ROUNDS):
            usual.wall.append(bench.usual.make())
            bench.network.open_one()
            ours.wall.append(bench.network.making.wall[-1])
            claim.wall.append(bench.network.opening.wall[-1])
        with as_owner() as cursor:
            check_same(cursor, ours=bench.network.practices[-1].schema_name, usual=bench.usual.made[-1])
        return [
            Row(
                work="make a practice's schema",
                unit="ms",
                usual=usual.median * MILLI,
                usual_least=usual.least * MILLI,
                ours=ours.median * MILLI,
                ours_least=ours.least * MILLI,
                budget=Budget(of=Of.RATIO, limit=5),
                note="usual: saving a django-tenants tenant runs all migrations; ours also makes a role and its grants",
            ),
            Row(
                work="  … in milliseconds",
                unit="ms",
                ours=ours.median * MILLI,
                ours_least=ours.least * MILLI,
                budget=Budget(of=Of.OURS, limit=40, decides=False),
            ),
            Row(
                work="  … open a practice on one that stands ready",
                unit="ms",
                usual=usual.median * MILLI,
                ours=claim.median * MILLI,
                ours_least=claim.least * MILLI,
                budget=Budget(of=Of.OURS, limit=20, decides=False),
            ),
        ]
