"""Where you stand: your own figures beside what the network released."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.charts.funnel import FunnelPicture, funnel_picture
from frontend.page import page
from frontend.portal.benchmarks.groups import groups_of, practices_of, standing_asked
from frontend.portal.benchmarks.measures import measure
from frontend.request import AskedRequest
from loyalty.benchmarks.read import Standing, WhereYouStand
from loyalty.benchmarks.rules import NO_AGREEMENT, NOT_CONTRIBUTING, Rule
from tenants.declare import practice_view
from tenants.permissions import Verb

BRIEF = ("nps", "return_rate_180", "rebooking_rate", "note_coverage")


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    href: str
    here: bool


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`by` and `of` name the group to compare with, `view=table` the tables, `funnel` the measure drawn as one.

    In the background, where Today asks for it, only the few measures that everybody looks at first.
    """
    standing = standing_asked(request)
    if request.htmx:
        rows = [measure(s) for s in standing.standings if s.definition.key in BRIEF]
        return render(request, "portal/benchmarks/brief.html", {"rows": rows, "practices": practices_of(standing)})
    funnels = [s for s in standing.standings if s.funnel is not None and s.own is not None]
    chosen = next((s for s in funnels if s.definition.key == request.GET.get("funnel")), next(iter(funnels), None))
    return page(
        request,
        "portal/benchmarks/show.html",
        here="benchmarks",
        month=standing.month.first if standing.month else None,
        practices=practices_of(standing),
        cohorts=_cohorts(standing),
        groups=groups_of(standing.standings),
        barred=_barred(standing.standings),
        table=request.GET.get("view") == "table",
        kept=urlencode({key: request.GET[key] for key in ("by", "of") if key in request.GET}),
        chosen=chosen,
        funnels=funnels,
        picture=_picture(chosen) if chosen else None,
    )


def _cohorts(standing: WhereYouStand) -> list[Choice]:
    return [
        Choice(
            text=cohort.name,
            href="?" + urlencode({"by": cohort.kind.value, "of": cohort.value} if cohort.value else {}),
            here=cohort == standing.cohort,
        )
        for cohort in standing.cohorts
    ]


def _barred(standings: Iterable[Standing]) -> Rule | None:
    """The rule that hides everything at once, if there is one."""
    return next((s.hidden for s in standings if s.hidden in (NO_AGREEMENT, NOT_CONTRIBUTING)), None)


def _picture(standing: Standing) -> FunnelPicture | None:
    if standing.funnel is None or standing.own is None:
        return None
    definition, own = standing.definition, standing.own
    return funnel_picture(name=definition.name, unit=definition.unit, funnel=standing.funnel, you=own.value, n=own.n)
