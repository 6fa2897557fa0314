"""What others can learn about a practice: all that leaves it, what is shown of it, and what nobody sees."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core import audit
from core.tenancy.scope import current_practice
from frontend.charts.hush import hidden
from frontend.charts.numbers import at_least, figure, interval
from frontend.csv_file import csv_file
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.benchmarks.exposure import Sent, Shown, everything_sent, exposure_of
from loyalty.metrics.definition import Unit
from tenants.declare import practice_view
from tenants.permissions import Verb

COLUMNS = ("measure", "measure_key", "month", "value", "numerator", "denominator", "patients_behind_it")


@dataclass(frozen=True, slots=True)
class Line:
    """One measure: what was sent, and for each group what its members see of it."""

    name: str
    value: str
    counted: str
    groups: tuple[tuple[str, str, bool], ...]


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    exposure = exposure_of(practice=current_practice())
    return page(
        request,
        "portal/benchmarks/exposure.html",
        here="benchmarks",
        exposure=exposure,
        lines=[_line(one) for one in exposure.sent],
    )


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def table(_request: AskedRequest) -> HttpResponse:
    """Everything that has left the practice and is kept, every month of it, as a file."""
    audit.record("contributions.exported")
    return csv_file("what-we-contributed.csv", COLUMNS, everything_sent(practice=current_practice()))


def _line(sent: Sent) -> Line:
    unit = sent.definition.unit
    return Line(
        name=sent.definition.name,
        value=figure(sent.value, unit),
        counted=f"{figure(sent.denominator, Unit.COUNT)} counted, {figure(sent.patients, Unit.COUNT)} patients",
        groups=tuple((shown.cohort.name, _seen(shown, unit), shown.released is None) for shown in sent.shown),
    )


def _seen(shown: Shown, unit: Unit) -> str:
    if shown.released is None:
        return hidden(shown.hidden).title if shown.hidden else "Not released yet"
    quantiles = shown.released.quantiles
    half = interval(quantiles.p25, quantiles.p75, unit)
    return f"{at_least(shown.released.practices)} practices, median {figure(quantiles.p50, unit)}, middle half {half}"
