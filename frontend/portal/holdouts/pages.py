"""All hold-outs, and one of them: running, or with its result."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.charts.lift import lift_picture
from frontend.holdout_words import groups_of, line_of, over_the_network, spoken_months, words_of
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.holdouts.pages import holdout_page, holdout_pages
from loyalty.holdouts.pooled_results import pooled_results
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show_all(request: AskedRequest) -> HttpResponse:
    return page(
        request,
        "portal/holdouts/list.html",
        here="settings",
        lines=[line_of(one) for one in holdout_pages(now=timezone.now())],
        may_start=request.principal.may(Verb.HOLDOUTS_RUN),
    )


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest, holdout_id: UUID) -> HttpResponse:
    found = holdout_page(holdout_id=holdout_id, now=timezone.now())
    pooled = next((one.results[0] for one in pooled_results() if one.kind == found.holdout.kind and one.results), None)
    return page(
        request,
        "portal/holdouts/show.html",
        here="settings",
        page=found,
        words=words_of(found.holdout),
        line=line_of(found),
        picture=lift_picture(found.effect) if found.effect else None,
        groups=groups_of(found),
        takes=spoken_months(found.power.months) if found.power and found.power.months else "",
        pooled=over_the_network(pooled) if pooled else None,
        may_stop=request.principal.may(Verb.HOLDOUTS_RUN) and found.holdout.is_running,
    )
