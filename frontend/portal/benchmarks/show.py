"""Where you stand: your own figures beside what the network released."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from frontend.charts.funnel import FunnelPicture, funnel_picture
from frontend.charts.numbers import at_least
from frontend.page import page
from frontend.portal.benchmarks.measures import Measure, measure
from frontend.request import AskedRequest
from loyalty.benchmarks.models import CohortKind
from loyalty.benchmarks.read import Standing, WhereYouStand, where_you_stand
from loyalty.benchmarks.rules import NO_AGREEMENT, NOT_CONTRIBUTING, Rule
from tenants.declare import practice_view
from tenants.permissions import Verb

BRIEF = ("nps", "return_rate_180", "rebooking_rate", "note_coverage")
GROUPS = (
    (
        "proactive",
        "Before the visit",
        "Told what to expect, and told the truth",
        ("preview_coverage", "promise_kept_rate"),
    ),
    (
        "relationship",
        "Relationship",
        "The little things, done by people",
        ("note_coverage", "note_hours", "occasion_coverage", "occasion_recorded"),
    ),
    (
        "experience",
        "Experience",
        "How it felt, in their words",
        (
            "nps",
            "first_visit_nps",
            "experience_score",
            "perceived_value",
            "consistency",
            "feedback_response_rate",
            "recovery_hours",
            "recovery_rate",
        ),
    ),
    (
        "loyalty",
        "Loyalty",
        "Whether they come back",
        (
            "return_rate_90",
            "return_rate_180",
            "return_rate_365",
            "first_return_rate_180",
            "retention",
            "rebooking_rate",
            "no_show_rate",
            "exclusive_share",
        ),
    ),
    ("word", "Word of mouth", "What others hear", ("review_rate", "review_rating", "referral_rate")),
)
REST = ("more", "Size and more", "How many you look after")


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    note: str
    rows: list[Measure]


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
    standing = _standing(request)
    if request.htmx:
        rows = [measure(s) for s in standing.standings if s.definition.key in BRIEF]
        return render(request, "portal/benchmarks/brief.html", {"rows": rows, "practices": _practices(standing)})
    funnels = [s for s in standing.standings if s.funnel is not None and s.own is not None]
    chosen = next((s for s in funnels if s.definition.key == request.GET.get("funnel")), next(iter(funnels), None))
    return page(
        request,
        "portal/benchmarks/show.html",
        here="benchmarks",
        month=standing.month.first if standing.month else None,
        practices=_practices(standing),
        cohorts=_cohorts(standing),
        groups=_groups(standing.standings),
        barred=_barred(standing.standings),
        table=request.GET.get("view") == "table",
        kept=urlencode({key: request.GET[key] for key in ("by", "of") if key in request.GET}),
        chosen=chosen,
        funnels=funnels,
        picture=_picture(chosen) if chosen else None,
    )


def _standing(request: AskedRequest) -> WhereYouStand:
    if request.practice is None:
        raise Http404
    kind, cohort = request.GET.get("by", CohortKind.ALL), request.GET.get("of", "")
    return where_you_stand(practice=request.practice, cohort_kind=kind, cohort=cohort)


def _practices(standing: WhereYouStand) -> str:
    """The largest released count of the page, empty where every cell is hidden."""
    counts = [s.released.practices for s in standing.standings if s.released]
    return at_least(max(counts)) if counts else ""


def _cohorts(standing: WhereYouStand) -> list[Choice]:
    return [
        Choice(
            text=cohort.name,
            href="?" + urlencode({"by": cohort.kind.value, "of": cohort.value} if cohort.value else {}),
            here=cohort == standing.cohort,
        )
        for cohort in standing.cohorts
    ]


def _groups(standings: Iterable[Standing]) -> list[Group]:
    rows = {standing.definition.key: measure(standing) for standing in standings}
    groups = [
        Group(id_, title, note, [rows.pop(key) for key in keys if key in rows]) for id_, title, note, keys in GROUPS
    ]
    return [group for group in [*groups, Group(*REST, list(rows.values()))] if group.rows]


def _barred(standings: Iterable[Standing]) -> Rule | None:
    """The rule that hides everything at once, if there is one."""
    return next((s.hidden for s in standings if s.hidden in (NO_AGREEMENT, NOT_CONTRIBUTING)), None)


def _picture(standing: Standing) -> FunnelPicture | None:
    if standing.funnel is None or standing.own is None:
        return None
    definition, own = standing.definition, standing.own
    return funnel_picture(name=definition.name, unit=definition.unit, funnel=standing.funnel, you=own.value, n=own.n)
