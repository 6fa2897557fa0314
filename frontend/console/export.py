"""Released figures of a month as a file: what the page shows, and for every hidden cell the rule that hides it."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core import audit
from frontend.console.released import cells_of, months
from frontend.console.releases import month_asked
from frontend.csv_file import csv_file
from frontend.request import AskedRequest
from loyalty.benchmarks.models import Release
from loyalty.benchmarks.read import as_released
from loyalty.benchmarks.release import cohort_of
from loyalty.benchmarks.rules import RULES
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.windows import Month
from tenants.declare import network_view
from tenants.permissions import Verb

COLUMNS = (
    "month", "measure", "measure_key", "definition_version", "unit", "group", "version", "released_on",
    "practices_at_least", "p10", "p25", "median", "p75", "p90", "hidden_by", "why",
)  # fmt: skip


@network_view(Verb.NETWORK_BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`month` is the one exported, "2026-10"; the newest without it."""
    month = month_asked(request, months())
    name = Month.of(month) if month else "none"
    audit.record("releases.exported", detail={"month": str(name)})
    return csv_file(f"benchmarks-{name}.csv", COLUMNS, _rows(cells_of(month).values() if month else ()))


def _rows(releases: Iterable[Release]) -> Iterator[list[str]]:
    order = {key: place for place, key in enumerate(DEFINITIONS)}
    for release in sorted(releases, key=lambda r: (order.get(r.metric, len(order)), r.cohort_kind, r.cohort)):
        definition = DEFINITIONS.get(release.metric)
        figures = as_released(release)
        rule = RULES.get(release.rule)
        yield [
            str(Month.of(release.month)),
            definition.name if definition else release.metric,
            release.metric,
            str(release.definition_version),
            str(definition.unit) if definition else "",
            cohort_of(release).name,
            str(release.version),
            f"{release.released_at:%Y-%m-%d}",
            str(figures.practices) if figures else "",
            *(([f"{value:g}" for value in figures.quantiles]) if figures else [""] * 5),
            rule.title if rule else "",
            rule.sentence if rule else release.why,
        ]
