"""One practice's figures: a query for each metric and month, and the one pass that we make instead."""

from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.metrics.compute import compute
from loyalty.metrics.windows import Month, months_to_compute
from tests.bench.history import ZONE, bring_history, bring_house
from tests.bench.measure import Bench, Measure
from tests.bench.month_queries import METRICS
from tests.bench.people import bring_people
from tests.bench.readings import MILLI, Readings, interleaved
from tests.bench.table import Budget, Of, Row

PATIENTS, YEARS = 2_000, 3
ROUNDS, USUAL_ROUNDS = 15, 2
# What the database and Python round differently in the ninth digit is the same figure.
TOLERANCE = 1e-6


class NotTheSameFigures(Exception):
    """The two ways count differently."""


class Contributions(Measure):
    name = "contributions"

    def with_few(self, bench: Bench) -> None:
        network = bench.network
        self.few = len(network.practices)
        self.practice = network.practices[0]
        house = bring_house(self.practice)
        people = bring_people(self.practice, patients=PATIENTS, now=network.now)
        self.visits = bring_history(self.practice, house=house, patients=people, now=network.now, years=YEARS)
        self.months = _months(network.now)
        self.in_few = self._ours(ROUNDS)

    def with_all(self, bench: Bench) -> list[Row]:
        count = len(bench.network.practices)
        self._check_same_figures()
        with practice_scope(self.practice), timezone.override(ZONE):
            usual, _ = interleaved([lambda: by_month(self.months), lambda: None], rounds=USUAL_ROUNDS, warm_up=0)
        ours = self._ours(ROUNDS)
        return [
            Row(
                work="contributions of one practice",
                unit="ms",
                usual=usual.median * MILLI,
                usual_least=usual.least * MILLI,
                ours=ours.median * MILLI,
                ours_least=ours.least * MILLI,
                budget=Budget(of=Of.RATIO, limit=5),
                note=f"{PATIENTS:,} patients, {self.visits:,} visits, {len(self.months)} months; "
                f"usual: {len(METRICS)} metrics, a query for each and month",
            ),
            Row(
                work="  … in milliseconds",
                unit="ms",
                ours=ours.median * MILLI,
                ours_least=ours.least * MILLI,
                budget=Budget(of=Of.OURS, limit=60, decides=False),
            ),
            Row(
                work=f"  … with {count} practices rather than {self.few}",
                unit="×",
                ours=ours.least / self.in_few.least,
                budget=Budget(of=Of.OURS, limit=1.5),
                note="the least of each",
            ),
        ]

    def _ours(self, rounds: int) -> Readings:
        with practice_scope(self.practice):
            return interleaved([lambda: compute(months=self.months)], rounds=rounds)[0]

    def _check_same_figures(self) -> None:
        """A faster way that counts less is not faster. Raises NotTheSameFigures."""
        with practice_scope(self.practice), timezone.override(ZONE):
            ours = compute(months=self.months)
            usual = by_month(self.months)
        for (metric, month), value in usual.items():
            figure = ours[month].get(metric)
            if value is None and figure is None:
                continue
            if value is None or figure is None or abs(figure.value - value) > TOLERANCE:
                raise NotTheSameFigures(f"{metric} of {month}: ours {figure and figure.value}, usual {value}")


def by_month(months: Sequence[Month]) -> dict[tuple[str, Month], float | None]:
    return {(metric, month): query(month) for metric, query in METRICS.items() for month in months}


def _months(now: datetime) -> list[Month]:
    first = now.astimezone(ZONE).date().replace(year=now.year - YEARS)
    return months_to_compute(first_day=first, now=now, zones=[ZONE], at_most=12 * YEARS)
