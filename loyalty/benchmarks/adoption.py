"""Who does the five steps: between which shares of the practices are past the mark of each, from released figures only.

Counting the practices past a mark would be a new figure, and one that members could push across its steps by faking
their own. The released quantiles say the same less sharply: where the lower quarter is past the mark, at least three
quarters of the practices are.
"""

from dataclasses import dataclass
from datetime import date

from loyalty.benchmarks.models import CohortKind, Release
from loyalty.benchmarks.quantiles import PERCENTILES, Quantiles
from loyalty.benchmarks.read import as_released
from loyalty.benchmarks.rules import NOT_RECORDED, RULES, Rule


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps. metric: what shows that it is done; mark: from which value on, in the metric's unit."""

    number: int
    name: str
    metric: str
    mark: float
    says: str


STEPS = (
    Step(1, "Be proactive", "preview_coverage", 50, "Half of the visits with a preview before"),
    Step(2, "The little things", "note_coverage", 50, "Half of the visits thanked by hand"),
    Step(3, "Relationships", "occasion_coverage", 50, "Half of the personal days honored"),
    Step(4, "Feedback", "feedback_response_rate", 40, "Two in five patients answer"),
    Step(5, "The ultimate experience", "experience_score", 60, "An experience score of 60 or more"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """Of the practices, in percent: at least `least` and at most `most` are past the mark."""

    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Adoption:
    """share, practices: None where `hidden` says why. before: the same a year earlier, None where it is not known."""

    step: Step
    share: Share | None
    before: Share | None
    practices: int | None
    hidden: Rule | None


def adoption(month: date) -> list[Adoption]:
    """Of all practices, in the releases of `month`. One query."""
    earlier = month.replace(year=month.year - 1)
    cells = {
        (release.metric, release.month): release
        for release in Release.objects.filter(
            metric__in=[step.metric for step in STEPS], month__in=[month, earlier], cohort_kind=CohortKind.ALL
        ).order_by("version")
    }
    return [_adoption(step, cells.get((step.metric, month)), cells.get((step.metric, earlier))) for step in STEPS]


def past(quantiles: Quantiles, mark: float) -> Share:
    """Between which shares of the practices lie at `mark` or above it."""
    found = list(zip(PERCENTILES, quantiles, strict=True))
    least = max((100 - percentile for percentile, value in found if value >= mark), default=0)
    most = min((100 - percentile for percentile, value in found if value < mark), default=100)
    return Share(least, most)


def _adoption(step: Step, now: Release | None, earlier: Release | None) -> Adoption:
    released = as_released(now) if now else None
    before = as_released(earlier) if earlier else None
    return Adoption(
        step=step,
        share=past(released.quantiles, step.mark) if released else None,
        before=past(before.quantiles, step.mark) if before else None,
        practices=released.practices if released else None,
        hidden=None if released else RULES[now.rule] if now else NOT_RECORDED,
    )
