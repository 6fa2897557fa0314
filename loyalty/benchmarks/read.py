"""Where a practice stands: its own figures beside what the network released. Nothing else is read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from core.errors import NotFound
from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.cohorts import Cohort, cohorts_of
from loyalty.benchmarks.funnel import Funnel, funnel, has_funnel
from loyalty.benchmarks.models import CohortKind, Contribution, MonthClose, Release
from loyalty.benchmarks.position import Band, band
from loyalty.benchmarks.quantiles import Quantiles
from loyalty.benchmarks.rules import NO_AGREEMENT, NOT_CONTRIBUTING, NOT_RECORDED, NOT_RELEASED, RULES, Rule
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import RELEASED
from loyalty.metrics.figure import Figure
from loyalty.metrics.stored import as_figures
from loyalty.metrics.windows import Month
from loyalty.models import Figure as FigureRow
from tenants.models import Practice

TREND_MONTHS = 24


@dataclass(frozen=True, slots=True)
class Released:
    """A published cell. practices: number of contributors rounded down to 5."""

    month: Month
    version: int
    released_at: datetime
    quantiles: Quantiles
    practices: int
    why: str


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """own: the practice's figure. median: the released one, None where it was hidden or is not released."""

    month: Month
    own: Figure | None
    median: float | None


@dataclass(frozen=True, slots=True)
class Standing:
    """One metric. own: None where it is absent. released, or hidden with the rule that says why: never both.

    band: the place of `own` among the released quantiles. funnel: only of shares and net scores, and `is_usual` says
    whether `own` is inside the limits that hold 95 % of practices its size.
    """

    definition: Definition
    own: Figure | None
    released: Released | None
    hidden: Rule | None
    band: Band | None
    funnel: Funnel | None
    is_usual: bool | None
    trend: tuple[TrendPoint, ...]


@dataclass(frozen=True, slots=True)
class WhereYouStand:
    """month: the latest closed one, None before the first. cohorts: those the practice can choose from."""

    month: Month | None
    cohort: Cohort
    cohorts: tuple[Cohort, ...]
    standings: tuple[Standing, ...]


def latest_closed() -> Month | None:
    """The latest month that was closed, None before the first. One query."""
    last = MonthClose.objects.order_by("-month").values_list("month", flat=True).first()
    return Month.of(last) if last else None


def where_you_stand(*, practice: PracticeRef, cohort_kind: str = CohortKind.ALL, cohort: str = "") -> WhereYouStand:
    """Every released metric for the latest closed month, with 24 months of history. Runs inside the practice's scope.

    Raises NotFound (no_such_cohort) for a cohort that the practice does not belong to.
    """
    me = Practice.objects.values("size_band", "region", "aggregation_agreed_at").get(id=practice.id)
    cohorts = cohorts_of(size_band=me["size_band"], region=me["region"])
    chosen = next((c for c in cohorts if (c.kind, c.value) == (cohort_kind, cohort)), None)
    if chosen is None:
        raise NotFound("no_such_cohort", "Your practice is not in this group. Choose one of its own.")
    month = latest_closed()
    own = as_figures(FigureRow.objects.filter(month__gte=month.shifted(1 - TREND_MONTHS).first) if month else [])
    releases = _releases(chosen, month) if month else {}
    barred = barred_by(agreed=me["aggregation_agreed_at"] is not None, practice=practice)
    return WhereYouStand(
        month=month,
        cohort=chosen,
        cohorts=cohorts,
        standings=tuple(_standing(definition, month, own, releases, barred) for definition in RELEASED),
    )


def _standing(
    definition: Definition,
    month: Month | None,
    own: Mapping[tuple[str, Month], Figure],
    releases: Mapping[tuple[str, Month], Release],
    barred: Rule | None,
) -> Standing:
    figure = own.get((definition.key, month)) if month else None
    release = releases.get((definition.key, month)) if month else None
    released = as_released(release) if release else None
    hidden = None if released else barred or _why_hidden(release, month)
    placed = band(figure.value, released.quantiles) if figure and released else None
    limits = funnel(released.quantiles, figure) if figure and released and has_funnel(definition.kind) else None
    return Standing(
        definition=definition,
        own=figure,
        released=released,
        hidden=hidden,
        band=placed,
        funnel=limits,
        is_usual=figure.value in limits.limits(figure.n) if limits and figure else None,
        trend=_trend(definition, month, own, releases),
    )


def _why_hidden(release: Release | None, month: Month | None) -> Rule:
    if release is not None:
        return RULES[release.rule]
    return NOT_RELEASED if month is None else NOT_RECORDED


def _trend(
    definition: Definition,
    month: Month | None,
    own: Mapping[tuple[str, Month], Figure],
    releases: Mapping[tuple[str, Month], Release],
) -> tuple[TrendPoint, ...]:
    if month is None:
        return ()
    months = [month.shifted(-back) for back in reversed(range(TREND_MONTHS))]
    points = []
    for past in months:
        release = releases.get((definition.key, past))
        points.append(TrendPoint(past, own.get((definition.key, past)), release.p50 if release else None))
    return tuple(points)


def _releases(cohort: Cohort, month: Month) -> dict[tuple[str, Month], Release]:
    """The latest version of each metric and month of one cohort. Row-level security hides all from who does not
    contribute."""
    found = Release.objects.filter(
        cohort_kind=cohort.kind,
        cohort=cohort.value,
        month__gt=month.shifted(-TREND_MONTHS).first,
        month__lte=month.first,
    ).order_by("version")
    return {
        (release.metric, Month.of(release.month)): release
        for release in found
        if any((d.key, d.version) == (release.metric, release.definition_version) for d in RELEASED)
    }


def barred_by(*, agreed: bool, practice: PracticeRef) -> Rule | None:
    """Why a practice sees no benchmarks at all, if it does not."""
    if not agreed:
        return NO_AGREEMENT
    return None if Contribution.objects.filter(practice_id=practice.id).exists() else NOT_CONTRIBUTING


def as_released(release: Release) -> Released | None:
    """The published figures of a release, None where it is hidden."""
    figures = [release.p10, release.p25, release.p50, release.p75, release.p90]
    if release.contributors_floor is None or any(figure is None for figure in figures):
        return None
    return Released(
        month=Month.of(release.month),
        version=release.version,
        released_at=release.released_at,
        quantiles=Quantiles(*(figure for figure in figures if figure is not None)),
        practices=release.contributors_floor,
        why=release.why,
    )
