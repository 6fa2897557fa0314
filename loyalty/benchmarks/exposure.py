"""What others can learn about a practice: everything that has left its schema, and what is shown of it."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.cohorts import Cohort, cohorts_of
from loyalty.benchmarks.models import Contribution, MonthClose, Release
from loyalty.benchmarks.read import Released, as_released
from loyalty.benchmarks.rules import RULES, Rule
from loyalty.metrics.definition import Definition
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.windows import Month
from tenants.models import Practice


@dataclass(frozen=True, slots=True)
class Shown:
    """What members see of one group: its smoothed quantiles, or the rule that hides them."""

    cohort: Cohort
    released: Released | None
    hidden: Rule | None


@dataclass(frozen=True, slots=True)
class Sent:
    """One aggregate that left the practice, and what became of it. patients: the people behind it."""

    definition: Definition
    month: Month
    value: float
    denominator: int
    patients: int
    shown: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Exposure:
    """month: the one that `sent` is about, None where nothing was sent. months: how many are kept. agreed: may be."""

    agreed: bool
    month: Month | None
    months: int
    sent: tuple[Sent, ...]


def exposure_of(*, practice: PracticeRef) -> Exposure:
    """What the practice contributed, in the latest month that is released, else the latest at all. Inside its scope."""
    me = Practice.objects.values("size_band", "region", "aggregation_agreed_at").get(id=practice.id)
    agreed = me["aggregation_agreed_at"] is not None
    contributed = Contribution.objects.filter(practice_id=practice.id)
    months = set(contributed.order_by().values_list("month", flat=True).distinct())
    if not months:
        return Exposure(agreed, None, 0, ())
    closed = months & set(MonthClose.objects.values_list("month", flat=True))
    latest = max(closed or months)
    cohorts = cohorts_of(size_band=me["size_band"], region=me["region"])
    releases = {
        (release.metric, release.cohort_kind, release.cohort): release
        for release in Release.objects.filter(month=latest).order_by("version")
    }
    sent = tuple(
        Sent(
            definition=DEFINITIONS[row.metric],
            month=Month.of(row.month),
            value=row.value,
            denominator=row.denominator,
            patients=row.n,
            shown=tuple(
                Shown(cohort, as_released(release), RULES.get(release.rule))
                for cohort in cohorts
                if (release := releases.get((row.metric, str(cohort.kind), cohort.value)))
            ),
        )
        for row in sorted(contributed.filter(month=latest), key=_as_shown)
        if row.metric in DEFINITIONS
    )
    return Exposure(agreed, Month.of(latest), len(months), sent)


def everything_sent(*, practice: PracticeRef) -> Iterator[tuple[str, ...]]:
    """Every contribution kept, newest month first: name, key, month, value, numerator, denominator, patients."""
    for row in Contribution.objects.filter(practice_id=practice.id).order_by("-month", "metric"):
        name = DEFINITIONS[row.metric].name if row.metric in DEFINITIONS else row.metric
        month, figures = f"{row.month:%Y-%m}", (f"{row.value:g}", f"{row.numerator:g}")
        yield (name, row.metric, month, *figures, str(row.denominator), str(row.n))


def _as_shown(row: Contribution) -> int:
    return list(DEFINITIONS).index(row.metric) if row.metric in DEFINITIONS else len(DEFINITIONS)
