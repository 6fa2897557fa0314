"""Released figures of the network, metric by metric and month by month."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.charts.axis import axis_around
from frontend.charts.fan import Fan, fan
from frontend.charts.hush import Hush, hidden
from frontend.charts.numbers import at_least
from frontend.charts.spread import Spread, spread
from frontend.charts.ticks import round_ends
from frontend.console.adoption import bar
from frontend.console.evidence import ties
from frontend.console.lifts import lifts
from frontend.console.released import Key, cells_of, course_of, months, quantiles_of
from frontend.console.releases import month_asked
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.benchmarks.adoption import adoption
from loyalty.benchmarks.calendar import Stage, planned_months
from loyalty.benchmarks.cohorts import EVERYBODY, Cohort
from loyalty.benchmarks.models import CohortKind, Release
from loyalty.benchmarks.rules import RULES, Rule
from loyalty.metrics.definition import Better, Definition
from loyalty.metrics.definitions import DEFINITIONS
from tenants.declare import network_view
from tenants.models import SizeBand
from tenants.permissions import Verb

LONGEST_COURSE = 24


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of the matrix: `spread` where it is shown, else `hush`; both None where nothing was computed."""

    cohort: str
    spread: Spread | None
    hush: Hush | None


@dataclass(frozen=True, slots=True)
class Row:
    name: str
    sentence: str
    key: str
    cells: list[CellView]


@network_view(Verb.NETWORK_BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`month` is the one shown, `by` splits the practices by size or region; `metric` and `of`, "size:small", are
    drawn over months."""
    released = months()
    month = month_asked(request, released) if released else None
    if month is None:
        return page(request, "console/benchmarks.html", here="benchmarks", month=None)
    cells = cells_of(month)
    by = CohortKind.REGION if request.GET.get("by") == "region" else CohortKind.SIZE
    shown = [definition for key, definition in DEFINITIONS.items() if any(k.metric == key for k in cells)]
    cohorts = [EVERYBODY, *_cohorts(cells, by)]
    every = [EVERYBODY, *_cohorts(cells, CohortKind.SIZE), *_cohorts(cells, CohortKind.REGION)]
    chosen, cohort = _chosen(request, shown), _cohort(request, every)
    return page(
        request,
        "console/benchmarks.html",
        here="benchmarks",
        month=month,
        months=[one.month for one in released],
        by=by.value,
        cohorts=[(one.name, _practices(cells, one)) for one in cohorts],
        rows=[_row(definition, cohorts, cells) for definition in shown],
        rules=_rules(cells.values()),
        metrics=shown,
        chosen=chosen,
        cohort=cohort,
        cohort_choices=[(cohort_key(one), one.name, one == cohort) for one in every],
        course=_course(chosen, cohort) if chosen else None,
        lifts=lifts(),
        ties=ties(month),
        steps=[bar(one) for one in adoption(month)],
        waiting=[one for one in planned_months(now=timezone.now()) if one.stage is Stage.WAITING],
        may_decide=request.principal.may(Verb.RELEASES_MANAGE),
    )


def cohort_key(cohort: Cohort) -> str:
    """What an address calls the cohort: "size:small", "region:West", "all"."""
    return f"{cohort.kind}:{cohort.value}" if cohort.value else str(cohort.kind)


def _cohort(request: AskedRequest, every: list[Cohort]) -> Cohort:
    given = request.GET.get("of", "")
    found = next((one for one in every if cohort_key(one) == given), None if given else EVERYBODY)
    if found is None:
        raise Http404
    return found


def _cohorts(cells: dict[Key, Release], kind: CohortKind) -> list[Cohort]:
    found = {key.cohort for key in cells if key.cohort.kind == kind}
    order = {value: place for place, value in enumerate(SizeBand.values)}
    return sorted(found, key=lambda cohort: (order.get(cohort.value, 0), cohort.name))


def _practices(cells: dict[Key, Release], cohort: Cohort) -> str:
    """The largest released count of the cohort's cells, empty where every one is hidden."""
    counts = [
        cell.contributors_floor for key, cell in cells.items() if key.cohort == cohort and cell.contributors_floor
    ]
    return f"{at_least(max(counts))} practices" if counts else "Hidden"


def _row(definition: Definition, cohorts: list[Cohort], cells: dict[Key, Release]) -> Row:
    return Row(
        name=definition.name,
        sentence=definition.sentence,
        key=definition.key,
        cells=[_cell(definition, cohort, cells) for cohort in cohorts],
    )


def _cell(definition: Definition, cohort: Cohort, cells: dict[Key, Release]) -> CellView:
    release = cells.get(Key(definition.key, cohort))
    if release is None:
        return CellView(cohort.name, spread=None, hush=None)
    quantiles = quantiles_of(release)
    if quantiles is None:
        return CellView(cohort.name, spread=None, hush=hidden(RULES[release.rule]))
    everybody = cells.get(Key(definition.key, EVERYBODY))
    around = (quantiles_of(everybody) if everybody else None) or quantiles
    axis = axis_around(
        around, low=definition.low, high=definition.high, lower_is_better=definition.better is Better.LOWER
    )
    drawn = spread(quantiles, axis, definition.unit, name=definition.name, whose=cohort.name.lower())
    return CellView(cohort.name, spread=drawn, hush=None)


def _rules(cells: Iterable[Release]) -> list[Rule]:
    hiding = {cell.rule for cell in cells}
    return [rule for key, rule in RULES.items() if key in hiding]


def _chosen(request: AskedRequest, shown: list[Definition]) -> Definition | None:
    key = request.GET.get("metric", "")
    if key and key not in DEFINITIONS:
        raise Http404
    return DEFINITIONS[key] if key else next(iter(shown), None)


def _course(definition: Definition, cohort: Cohort) -> Fan | None:
    """The course of a metric over months, None while there are fewer than two or all are hidden."""
    releases = course_of(definition.key, cohort)[-LONGEST_COURSE:]
    quantiles = [quantiles_of(release) for release in releases]
    known = [q for q in quantiles if q is not None]
    if len(releases) < 2 or not known:
        return None
    low, high = min(q.p10 for q in known), max(q.p90 for q in known)
    low, high = round_ends(low, max(high, low + 1), least=definition.low, most=definition.high)
    return fan(
        name=definition.name,
        unit=definition.unit,
        months=[f"{release.month:%b %Y}" for release in releases],
        quantiles=quantiles,
        low=low,
        high=high,
    )
