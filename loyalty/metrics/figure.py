"""A figure: a value that carries what it rests on and how sure it is."""

from dataclasses import dataclass

from loyalty.metrics.definition import Definition, Kind
from loyalty.metrics.intervals import (
    ClusterSums,
    Interval,
    adjusted_mean,
    adjusted_nps,
    clustered_proportion,
    count_interval,
    median_interval,
    wilson,
)
from loyalty.metrics.intervals.nps import nps_design_effect
from loyalty.metrics.intervals.proportion import proportion_design_effect
from loyalty.metrics.quantile import Ascending, quantile


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One metric of one practice and month. There is no figure, rather than a zero, where n is 0.

    value, low, high: in the unit of the definition (percent from 0 to 100); low to high is the 95 % interval, and
    high is infinite where too few values bound it.
    numerator, denominator: for shares, rates and NPS the value is 100 * numerator / denominator, for a mean
    numerator / denominator. For a median both are the number of values; for a count the numerator is the count and the
    denominator the people behind it.
    n: what was counted: visits, patients, answers or values. patients: the people behind it.
    design_effect: how many times wider repeat patients make the sampling variance; 1 where nobody repeats.
    detractors: of a net score only; its promoters are numerator + detractors.
    """

    definition: Definition
    value: float
    numerator: int
    denominator: int
    n: int
    patients: int
    low: float
    high: float
    design_effect: float = 1.0
    detractors: int = 0

    @property
    def is_uncertain(self) -> bool:
        return self.n < self.definition.minimum

    @property
    def decided(self) -> float:
        """Of a net score: the share of answers that promote or detract, from 0 to 1."""
        return (self.numerator + 2 * self.detractors) / self.denominator

    @property
    def interval(self) -> Interval:
        return Interval(self.low, self.high)


def visit_share(definition: Definition, sums: ClusterSums) -> Figure | None:
    """Share of visits; y of `sums` counts a patient's visits that did it, m all of them."""
    _expect(definition, Kind.PROPORTION_VISIT)
    if not sums.trials:
        return None
    effect = proportion_design_effect(sums)
    interval = clustered_proportion(sums, effect=effect).scaled(100)
    return Figure(
        definition=definition,
        value=100 * sums.total / sums.trials,
        numerator=sums.total,
        denominator=sums.trials,
        n=sums.trials,
        patients=sums.patients,
        low=interval.low,
        high=interval.high,
        design_effect=effect,
    )


def patient_share(definition: Definition, *, successes: int, patients: int) -> Figure | None:
    """Share of patients, each counted once."""
    _expect(definition, Kind.PROPORTION_PATIENT)
    if not patients:
        return None
    interval = wilson(successes, patients).scaled(100)
    return Figure(
        definition=definition,
        value=100 * successes / patients,
        numerator=successes,
        denominator=patients,
        n=patients,
        patients=patients,
        low=interval.low,
        high=interval.high,
    )


def net_score(definition: Definition, sums: ClusterSums, *, promoters: int, detractors: int) -> Figure | None:
    """Net promoter score; y of `sums` is a patient's promoting minus detracting answers, m all of them.

    Raises ValueError if the counts contradict the sums.
    """
    _expect(definition, Kind.NPS)
    if not sums.trials:
        return None
    if promoters - detractors != sums.total:
        raise ValueError("Promoters minus detractors must be the total of the sums.")
    effect = nps_design_effect(sums, promoters=promoters, detractors=detractors)
    interval = adjusted_nps(promoters, detractors, sums.trials, design_effect=effect).scaled(100)
    return Figure(
        definition=definition,
        value=100 * sums.total / sums.trials,
        numerator=sums.total,
        denominator=sums.trials,
        n=sums.trials,
        patients=sums.patients,
        low=interval.low,
        high=interval.high,
        design_effect=effect,
        detractors=detractors,
    )


def median(definition: Definition, ordered: Ascending, *, patients: int) -> Figure | None:
    """The median of ascending values of `patients` people."""
    _expect(definition, Kind.MEDIAN)
    if not len(ordered):
        return None
    interval = median_interval(ordered, low=definition.low, high=definition.high)
    return Figure(
        definition=definition,
        value=float(quantile(ordered, 0.5)),
        numerator=len(ordered),
        denominator=len(ordered),
        n=len(ordered),
        patients=patients,
        low=float(interval.low),
        high=float(interval.high),
    )


def mean(definition: Definition, sums: ClusterSums) -> Figure | None:
    """The mean of values between the definition's ends; y of `sums` adds a patient's values, m counts them."""
    _expect(definition, Kind.MEAN)
    if not sums.trials:
        return None
    interval = adjusted_mean(sums, low=definition.low, high=definition.high)
    value = sums.total / sums.trials
    return Figure(
        definition=definition,
        value=value,
        numerator=sums.total,
        denominator=sums.trials,
        n=sums.trials,
        patients=sums.patients,
        low=min(interval.low, value),
        high=max(interval.high, value),
    )


def rate(definition: Definition, *, events: int, trials: int, patients: int) -> Figure | None:
    """Events for every hundred trials of `patients` people; an event need not belong to a trial."""
    _expect(definition, Kind.RATE)
    if not trials:
        return None
    interval = count_interval(events).scaled(100 / trials)
    return Figure(
        definition=definition,
        value=100 * events / trials,
        numerator=events,
        denominator=trials,
        n=trials,
        patients=patients,
        low=interval.low,
        high=interval.high,
    )


def count(definition: Definition, total: int, *, patients: int, squared: int | None = None) -> Figure | None:
    """How many; `squared` is the sum of the squared numbers each patient brings, `total` where each brings one."""
    _expect(definition, Kind.COUNT)
    if not total:
        return None
    interval = count_interval(total, dispersion=(total if squared is None else squared) / total)
    return Figure(
        definition=definition,
        value=float(total),
        numerator=total,
        denominator=patients,
        n=total,
        patients=patients,
        low=interval.low,
        high=interval.high,
    )


def _expect(definition: Definition, kind: Kind) -> None:
    if definition.kind is not kind:
        raise ValueError(f"{definition.key} is a {definition.kind}, not a {kind}.")
