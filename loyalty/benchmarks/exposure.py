"""What others can learn about a practice: everything that has left its schema, and what is shown of it."""

from dataclasses import dataclass

from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.cohorts import Cohort, cohorts_of
from loyalty.benchmarks.models import Contribution, Release
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


def what_others_can_learn(*, practice: PracticeRef) -> list[Sent]:
    """What the practice contributed to the latest month, nothing if it never did. Runs inside its scope."""
    sent = Contribution.objects.filter(practice_id=practice.id)
    latest = sent.order_by("-month").values_list("month", flat=True).first()
    if latest is None:
        return []
    me = Practice.objects.values("size_band", "region").get(id=practice.id)
    cohorts = cohorts_of(size_band=me["size_band"], region=me["region"])
    releases = {
        (release.metric, release.cohort_kind, release.cohort): release
        for release in Release.objects.filter(month=latest).order_by("version")
    }
    return [
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
        for row in sent.filter(month=latest).order_by("metric")
        if row.metric in DEFINITIONS
    ]
