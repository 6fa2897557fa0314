"""One measure in full: what it says, how it is counted, two years of it, and where it comes from."""

from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from frontend.charts.hush import Hush, absent
from frontend.charts.numbers import figure, interval
from frontend.charts.sparkline import Sparkline, sparkline
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.benchmarks.own import Own, own_figures
from loyalty.metrics.definition import Better, Definition, Unit
from loyalty.metrics.figure import Figure
from loyalty.metrics.slices import By, Slice
from loyalty.metrics.windows import Month
from tenants.declare import practice_view
from tenants.permissions import Verb

BY = {By.LOCATION: "Location", By.PROVIDER: "Provider", By.SERVICE: "Service"}
BETTER = {Better.HIGHER: "Higher is better.", Better.LOWER: "Lower is better.", Better.NEITHER: ""}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table. you: empty where there is no figure. line: None before there are two months."""

    name: str
    you: str
    interval: str
    n: str
    uncertain: bool
    line: Sparkline | None


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest, metric: str) -> HttpResponse:
    """`by` names what it is told apart by: location, provider or service."""
    try:
        by = By(request.GET.get("by", By.LOCATION))
    except ValueError as error:
        raise Http404 from error
    own = own_figures(key=metric, by=by)
    if own is None:
        raise Http404
    definition = own.definition
    return page(
        request,
        "portal/benchmarks/metric.html",
        here="benchmarks",
        definition=definition,
        better=BETTER[definition.better],
        month=own.months[-1].first if own.months else None,
        now=_line(definition, definition.name, own.figures),
        absent=_absent(own),
        apart=[_line(one.definition, _mode(one.definition), one.figures) for one in own.apart],
        by=[(one.value, words, one is by) for one, words in BY.items()] if own.slices is not None else [],
        by_words=BY[by],
        slices=[_slice(definition, one) for one in own.slices or ()],
        months=[(month.first, _words(found)) for month, found in _newest_first(own)],
        corrections=own.corrections,
    )


def _mode(definition: Definition) -> str:
    """ "Checkout tablet" of "Net promoter score, checkout tablet"."""
    return definition.name.partition(", ")[2].capitalize()


def _slice(definition: Definition, one: Slice) -> Line:
    return _line(definition, one.name, one.figures)


def _line(definition: Definition, name: str, figures: list[Figure | None]) -> Line:
    last = figures[-1] if figures else None
    known = sum(one is not None for one in figures)
    values = [one.value if one else None for one in figures]
    return Line(
        name=name,
        you=figure(last.value, definition.unit) if last else "",
        interval=interval(last.low, last.high, definition.unit) if last else "",
        n=figure(last.n, Unit.COUNT) if last else "",
        uncertain=last.is_uncertain if last else False,
        line=sparkline(name=name, unit=definition.unit, you=values) if known > 1 else None,
    )


def _absent(own: Own) -> Hush | None:
    return None if own.figures and own.figures[-1] else absent(own.definition.source)


def _newest_first(own: Own) -> list[tuple[Month, Figure]]:
    pairs = zip(own.months, own.figures, strict=True)
    return [(month, found) for month, found in pairs if found is not None][::-1]


def _words(found: Figure) -> tuple[str, str, str]:
    """The figure, its interval, and what it was counted from: "522 of 700", or n alone."""
    unit, n = found.definition.unit, figure(found.n, Unit.COUNT)
    counted = f"{figure(found.numerator, Unit.COUNT)} of {n}" if unit is Unit.PERCENT else n
    return figure(found.value, unit), interval(found.low, found.high, unit), counted
