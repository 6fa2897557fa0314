"""The releases of one month for a large network: all metrics, all groups, with a year of releases around them."""

import resource
from datetime import UTC, datetime, timedelta
from random import Random
from time import perf_counter

from django.db import transaction

from loyalty.benchmarks.models import Basis, Contribution, Release
from loyalty.benchmarks.release import release_month
from loyalty.metrics.definitions import RELEASED
from loyalty.metrics.windows import WINDOW_MONTHS, Month
from tenants.models import Practice, SizeBand
from tests.bench.measure import Bench, Measure
from tests.bench.table import Budget, Of, Row

CONTRIBUTORS = 1_000
REGIONS = [f"Region {number}" for number in range(10)]
SECONDS, MEGABYTES = 30, 500
AT = datetime(2026, 1, 5, tzinfo=UTC)


class _NothingIsKept(Exception):
    """Ends the measurement, so that the network is as it was."""


class Releases(Measure):
    name = "releases"

    def rows(self, bench: Bench) -> list[Row]:
        rows: list[Row] = []
        try:
            with transaction.atomic():
                rows = self._measured()
                raise _NothingIsKept
        except _NothingIsKept:
            return rows

    def _measured(self) -> list[Row]:
        practices = _practices()
        months = [Month(2026, 1).shifted(back) for back in range(1 - WINDOW_MONTHS, 1)]
        for month in months[:-1]:
            _contribute(practices, month)
            release_month(month, now=AT)
        _contribute(practices, months[-1])
        before = _megabytes()
        begun = perf_counter()
        releases = release_month(months[-1], now=AT)
        took = perf_counter() - begun
        shown = sum(not release.rule for release in releases)
        return [
            Row(
                work=f"releases of a month, {CONTRIBUTORS:,} contributors",
                unit="s",
                ours=took,
                budget=Budget(of=Of.OURS, limit=SECONDS),
                note=f"{len(RELEASED)} metrics, {len(releases):,} cells, {shown:,} of them published; with the"
                f" releases of {len(months) - 1} months before; {Basis.objects.count():,} sets to compare with",
            ),
            Row(
                work="  … memory taken beside",
                unit="MB",
                ours=_megabytes() - before,
                budget=Budget(of=Of.OURS, limit=MEGABYTES),
                note=f"at the most; {Release.objects.count():,} releases in the database",
            ),
        ]


def _practices() -> list[Practice]:
    draw = Random(5)
    return Practice.objects.bulk_create(
        Practice(
            schema_name=f"p_{number:012x}",
            slug=f"released-{number}",
            name=f"Released {number}",
            region=draw.choice(REGIONS),
            size_band=draw.choice(SizeBand.values),
            joined_on=AT - timedelta(days=900),
            business_associate_agreed_at=AT,
            aggregation_agreed_at=AT,
        )
        for number in range(CONTRIBUTORS)
    )


def _contribute(practices: list[Practice], month: Month) -> None:
    draw = Random(str(month))
    Contribution.objects.bulk_create(
        (
            Contribution(
                practice=practice,
                metric=definition.key,
                definition_version=definition.version,
                month=month.first,
                numerator=50,
                denominator=100,
                n=90,
                value=min(max(draw.gauss(55, 18), 1), 99),
                computed_at=AT,
            )
            for definition in RELEASED
            for practice in practices
        ),
        batch_size=5_000,
    )


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
