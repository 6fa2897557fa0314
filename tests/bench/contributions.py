"""One practice's figures: a query for each metric and month, and the one pass that we make instead."""

from collections.abc import Sequence

from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.metrics.compute import compute
from loyalty.metrics.windows import Month
from tests.bench.few import FEW, few_practices
from tests.bench.history import ZONE
from tests.bench.load import MANY_PATIENTS, Figures
from tests.bench.measure import Bench, Measure
from tests.bench.month_queries import METRICS
from tests.bench.readings import MILLI, Readings
from tests.bench.table import Budget, Of, Row

ROUNDS, TIMES = 3, 8
# What the database and Python round differently in the ninth digit is the same figure.
TOLERANCE = 1e-6


class NotTheSameFigures(Exception):
    """The two ways count differently."""


class Contributions(Measure):
    name = "contributions"

    def rows(self, bench: Bench) -> list[Row]:
        bench.network.grow(bench.wanted)
        count = len(bench.network.practices)
        figures = Figures(bench.network)
        check_same_figures(figures)
        usual, ours, in_few = Readings(), Readings(), Readings()
        with few_practices() as few:
            few.ask("figures", count=1)
            for _ in range(ROUNDS):
                with practice_scope(figures.practice), timezone.override(ZONE):
                    usual.take(lambda: by_month(figures.months))
                in_few.wall += few.ask("figures", count=TIMES)
                ours.wall += figures.ask(TIMES)
        return [
            Row(
                work="contributions of one practice",
                unit="ms",
                usual=usual.median * MILLI,
                usual_least=usual.least * MILLI,
                ours=ours.median * MILLI,
                ours_least=ours.least * MILLI,
                budget=Budget(of=Of.RATIO, limit=5),
                note=f"{MANY_PATIENTS:,} patients, {figures.visits:,} visits, {len(figures.months)} months; "
                f"usual: {len(METRICS)} metrics, a query for each and month",
            ),
            Row(
                work="  … in milliseconds",
                unit="ms",
                ours=ours.least * MILLI,
                budget=Budget(of=Of.OURS, limit=60, decides=False),
                note=f"the least of {len(ours.wall)}",
            ),
            Row(
                work=f"  … with {count} practices rather than {FEW}",
                unit="×",
                ours=ours.median / in_few.median,
                budget=Budget(of=Of.OURS, limit=1.5),
            ),
        ]


def check_same_figures(figures: Figures) -> None:
    """A faster way that counts less is not faster. Raises NotTheSameFigures."""
    with practice_scope(figures.practice), timezone.override(ZONE):
        ours = compute(months=figures.months)
        usual = by_month(figures.months)
    for (metric, month), value in usual.items():
        figure = ours[month].get(metric)
        if value is None and figure is None:
            continue
        if value is None or figure is None or abs(figure.value - value) > TOLERANCE:
            raise NotTheSameFigures(f"{metric} of {month}: ours {figure and figure.value}, usual {value}")


def by_month(months: Sequence[Month]) -> dict[tuple[str, Month], float | None]:
    return {(metric, month): query(month) for metric, query in METRICS.items() for month in months}
