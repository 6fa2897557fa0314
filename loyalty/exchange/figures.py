"""A practice's own figures, and what the network released to it, as other systems read them. No patients."""

from datetime import date
from typing import Any

from core.tenancy.scope import PracticeRef
from loyalty.benchmarks.cohorts import cohorts_of
from loyalty.benchmarks.models import CohortKind, Release
from loyalty.benchmarks.read import as_released, barred_by, latest_closed
from loyalty.benchmarks.rules import RULES, Rule
from loyalty.metrics.definitions import DEFINITIONS, RELEASED
from loyalty.metrics.stored import as_figures
from loyalty.metrics.windows import Month
from loyalty.models import Figure as FigureRow
from tenants.models import Practice

MOST_MONTHS = 24
_QUANTILES = ("p10", "p25", "p50", "p75", "p90")


def own_figures_of(*, metric: str | None, month: date | None) -> list[dict[str, Any]]:
    """Of one month, the latest without `month`; or of one metric for its latest 24 months. Oldest first.

    What was not recorded is absent, and never 0. The practice must be entered.
    """
    rows = FigureRow.objects.order_by("month", "metric")
    if metric is not None:
        rows = rows.filter(metric=metric)
    if month is not None:
        rows = rows.filter(month=month)
    elif last := FigureRow.objects.order_by("-month").values_list("month", flat=True).first():
        since = Month.of(last).shifted(1 - MOST_MONTHS).first if metric is not None else last
        rows = rows.filter(month__gte=since)
    kept = {(row.metric, row.month): row for row in rows}
    return [
        {
            **_defined(figure.definition.key),
            "month": _month(of.first),
            "value": figure.value,
            "low": figure.low,
            "high": kept[key, of.first].high,
            "numerator": figure.numerator,
            "denominator": figure.denominator,
            "n": figure.n,
            "is_uncertain": figure.is_uncertain,
            "version": kept[key, of.first].version,
            "why": kept[key, of.first].why,
            "computed_at": kept[key, of.first].computed_at,
        }
        for (key, of), figure in as_figures(kept.values()).items()
    ]


def releases_of(
    *, practice: PracticeRef, metric: str | None, month: date | None, cohort: str | None
) -> tuple[list[dict[str, Any]], dict[str, str] | None]:
    """The newest version of each released figure of the practice's own groups; and the rule that bars it from all.

    cohort: a kind of group. Of one month, the latest closed one without `month`; or of one metric for its latest 24
    months. A hidden figure names its rule. Runs inside the practice's scope, whose row-level security decides.
    """
    me = Practice.objects.values("size_band", "region", "aggregation_agreed_at").get(id=practice.id)
    barred = barred_by(agreed=me["aggregation_agreed_at"] is not None, practice=practice)
    last = latest_closed()
    if barred is not None or last is None:
        return [], _worded(barred) if barred else None
    own = {(one.kind, one.value) for one in cohorts_of(size_band=me["size_band"], region=me["region"])}
    found = Release.objects.filter(cohort_kind__in=[cohort] if cohort else CohortKind.values).order_by("version")
    found = found.filter(metric=metric) if metric is not None else found
    if month is not None:
        found = found.filter(month=month)
    else:
        since = last.shifted(1 - MOST_MONTHS) if metric is not None else last
        found = found.filter(month__gte=since.first, month__lte=last.first)
    current = {(one.key, one.version) for one in RELEASED}
    newest = {
        (one.month, one.metric, one.cohort_kind): one
        for one in found
        if (one.cohort_kind, one.cohort) in own and (one.metric, one.definition_version) in current
    }
    return [_released(newest[key]) for key in sorted(newest)], None


def _month(first: date) -> str:
    return f"{first:%Y-%m}"


def _worded(rule: Rule) -> dict[str, str]:
    return {"rule": rule.key, "sentence": rule.sentence}


def _released(one: Release) -> dict[str, Any]:
    shown = as_released(one)
    return {
        **_defined(one.metric),
        "month": _month(one.month),
        "cohort_kind": one.cohort_kind,
        "cohort": one.cohort,
        "practices": shown.practices if shown else None,
        **{name: getattr(one, name) if shown else None for name in _QUANTILES},
        "hidden": None if shown else _worded(RULES[one.rule]),
        "version": one.version,
        "why": one.why,
        "released_at": one.released_at,
    }


def _defined(key: str) -> dict[str, Any]:
    definition = DEFINITIONS[key]
    return {
        "metric": key,
        "name": definition.name,
        "unit": definition.unit.value,
        "better": definition.better.value,
        "definition_version": definition.version,
    }
