"""What the network has released, read for the console: releases only, never a contribution."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loyalty.benchmarks.cohorts import EVERYBODY, Cohort
from loyalty.benchmarks.models import CohortKind, Release
from loyalty.benchmarks.quantiles import Quantiles


@dataclass(frozen=True, slots=True)
class Key:
    """One cell of a month's release."""

    metric: str
    cohort: Cohort


def newest_month() -> date | None:
    """Return the month of the newest release, None before the first."""
    return Release.objects.order_by("-month").values_list("month", flat=True).first()


def cells_of(month: date) -> dict[Key, Release]:
    """Return the newest version of every cell of a month."""
    return _newest(Release.objects.filter(month=month))


def course_of(metric: str) -> list[Release]:
    """Return the newest versions for all practices, oldest month first."""
    versions = Release.objects.filter(metric=metric, cohort_kind=CohortKind.ALL).order_by("month", "version")
    return list({release.month: release for release in versions}.values())


def quantiles_of(release: Release) -> Quantiles | None:
    """Return the released quantiles, None where a rule hides them."""
    values = [value for value in (release.p10, release.p25, release.p50, release.p75, release.p90) if value is not None]
    return Quantiles(*values) if values else None


def months() -> list[tuple[date, int, int, date]]:
    """Return (month, cells shown, cells hidden, day of the newest release) of every month, newest first."""
    by_month: dict[date, list[Release]] = {}
    for release in _newest_by_month(Release.objects.order_by("month", "version")):
        by_month.setdefault(release.month, []).append(release)
    return [
        (
            month,
            sum(not r.rule for r in releases),
            sum(bool(r.rule) for r in releases),
            max(r.released_at for r in releases).date(),
        )
        for month, releases in sorted(by_month.items(), reverse=True)
    ]


def _newest(releases: Iterable[Release]) -> dict[Key, Release]:
    cells: dict[Key, Release] = {}
    for release in sorted(releases, key=lambda r: r.version):
        kind = CohortKind(release.cohort_kind)
        cohort = EVERYBODY if kind == CohortKind.ALL else Cohort(kind, release.cohort)
        cells[Key(release.metric, cohort)] = release
    return cells


def _newest_by_month(releases: Iterable[Release]) -> Iterable[Release]:
    return {(r.month, r.metric, r.cohort_kind, r.cohort): r for r in releases}.values()
