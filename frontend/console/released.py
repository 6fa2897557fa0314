"""What the network has released, read for the console: releases only, never a contribution."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from loyalty.benchmarks.cohorts import EVERYBODY, Cohort
from loyalty.benchmarks.models import Release
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.benchmarks.read import as_released
from loyalty.benchmarks.release import cohort_of
from loyalty.metrics.definitions import DEFINITIONS


@dataclass(frozen=True, slots=True)
class Key:
    """One cell of a month's release."""

    metric: str
    cohort: Cohort


@dataclass(frozen=True, slots=True)
class ReleasedMonth:
    """shown, hidden: cells in their newest version. version: the newest of any. on: when it was first released."""

    month: date
    shown: int
    hidden: int
    version: int
    on: datetime


@dataclass(frozen=True, slots=True)
class Correction:
    """A later version of a month: which measures, how many cells, why and when. Never whose figure it was."""

    month: date
    version: int
    why: str
    at: datetime
    metrics: tuple[str, ...]
    cells: int


def cells_of(month: date) -> dict[Key, Release]:
    """Return the newest version of every cell of a month."""
    versions = Release.objects.filter(month=month).order_by("version")
    return {Key(release.metric, cohort_of(release)): release for release in versions}


def course_of(metric: str, cohort: Cohort = EVERYBODY) -> list[Release]:
    """Return the newest versions of one cell, oldest month first."""
    versions = Release.objects.filter(metric=metric, cohort_kind=cohort.kind, cohort=cohort.value)
    return list({release.month: release for release in versions.order_by("month", "version")}.values())


def quantiles_of(release: Release) -> Quantiles | None:
    """Return the released quantiles, None where a rule hides them."""
    released = as_released(release)
    return released.quantiles if released else None


def months() -> list[ReleasedMonth]:
    """Return every released month, newest first."""
    cells: dict[date, dict[tuple[str, str, str], bool]] = defaultdict(dict)
    firsts: dict[date, datetime] = {}
    newest: dict[date, int] = {}
    columns = ("month", "metric", "cohort_kind", "cohort", "rule", "version", "released_at")
    for month, metric, kind, cohort, rule, version, at in Release.objects.order_by("version").values_list(*columns):
        cells[month][metric, kind, cohort] = not rule
        firsts[month] = min(at, firsts.get(month, at))
        newest[month] = max(version, newest.get(month, version))
    return [
        ReleasedMonth(month, sum(found.values()), len(found) - sum(found.values()), newest[month], firsts[month])
        for month, found in sorted(cells.items(), reverse=True)
    ]


def corrections() -> list[Correction]:
    """Return what was released again, newest first: each with its version and its reason."""
    found: dict[tuple[datetime, date, int, str], list[str]] = defaultdict(list)
    columns = ("released_at", "month", "version", "why", "metric")
    for at, month, version, why, metric in Release.objects.filter(version__gt=1).values_list(*columns):
        found[at, month, version, why].append(metric)
    return [
        Correction(month, version, why, at, _names(metrics), len(metrics))
        for (at, month, version, why), metrics in sorted(found.items(), reverse=True)
    ]


def _names(metrics: Iterable[str]) -> tuple[str, ...]:
    asked = set(metrics)
    return tuple(definition.name for key, definition in DEFINITIONS.items() if key in asked)
