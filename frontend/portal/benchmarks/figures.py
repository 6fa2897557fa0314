"""The benchmark page as files: figures for a spreadsheet, and a PDF for a meeting."""

from collections.abc import Iterator

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import audit
from core.tenancy.scope import current_practice
from frontend.csv_file import csv_file
from frontend.portal.benchmarks.groups import groups_of, practices_of, standing_asked
from frontend.print.benchmarks import benchmarks_pdf
from frontend.request import AskedRequest
from loyalty.benchmarks.read import Standing, WhereYouStand
from tenants.declare import practice_view
from tenants.permissions import Verb

COLUMNS = (
    "measure", "measure_key", "definition_version", "unit", "twelve_months_to", "you", "low_95", "high_95", "n",
    "uncertain", "band", "group", "practices_at_least", "p10", "p25", "median", "p75", "p90", "not_shown_because",
)  # fmt: skip


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def table(request: AskedRequest) -> HttpResponse:
    """`by` and `of` name the group to compare with, as on the page."""
    standing = standing_asked(request)
    audit.record("benchmarks.exported", detail={"as": "csv", "month": _named(standing)})
    return csv_file(f"where-you-stand-{_named(standing)}.csv", COLUMNS, _rows(standing))


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def paper(request: AskedRequest) -> HttpResponse:
    """The page as a PDF. `by` and `of` as on the page."""
    standing = standing_asked(request)
    made = benchmarks_pdf(
        groups_of(standing.standings),
        practice=current_practice().name,
        cohort=standing.cohort.name,
        practices=practices_of(standing),
        closed=standing.month.first if standing.month else None,
        now=timezone.now(),
    )
    audit.record("benchmarks.exported", detail={"as": "pdf", "month": _named(standing)})
    name = f'attachment; filename="where-you-stand-{_named(standing)}.pdf"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": name})


def _rows(standing: WhereYouStand) -> Iterator[list[str]]:
    for one in standing.standings:
        yield [*_own(one, standing), *_network(one, standing)]


def _own(one: Standing, standing: WhereYouStand) -> list[str]:
    definition, own = one.definition, one.own
    figures = [f"{own.value:.6g}", f"{own.low:.6g}", f"{own.high:.6g}", str(own.n)] if own else [""] * 4
    return [
        definition.name,
        definition.key,
        str(definition.version),
        str(definition.unit),
        _named(standing),
        *figures,
        ("yes" if own.is_uncertain else "no") if own else "",
        one.band.value if one.band else "",
    ]


def _network(one: Standing, standing: WhereYouStand) -> list[str]:
    shown = one.released
    return [
        standing.cohort.name,
        str(shown.practices) if shown else "",
        *([f"{value:g}" for value in shown.quantiles] if shown else [""] * 5),
        one.hidden.sentence if one.hidden else "",
    ]


def _named(standing: WhereYouStand) -> str:
    return str(standing.month) if standing.month else "none"
