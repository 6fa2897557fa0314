"""The release calendar: what waits, what went out, what was corrected; and to approve or to hold, for an admin."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.console.released import ReleasedMonth, corrections, months
from frontend.forms.release import HoldForm
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from loyalty.benchmarks.approve_month import approve_month
from loyalty.benchmarks.calendar import RELEASED_ON_THE, Planned, Stage, planned_months, release_at
from loyalty.benchmarks.hold_month import hold_month
from loyalty.benchmarks.models import MonthDecision
from loyalty.metrics.windows import Month
from tenants.declare import network_view
from tenants.permissions import Verb

LISTED = 24
NAMED = 8


@dataclass(frozen=True, slots=True)
class Waiting:
    """A month before its release. named, others: members who have not reported, and how many more there are."""

    planned: Planned
    named: tuple[str, ...]
    others: int
    may_approve: bool
    may_hold: bool

    @property
    def month(self) -> date:
        return self.planned.month.first

    @property
    def slug(self) -> str:
        return str(self.planned.month)

    @property
    def stage(self) -> str:
        return self.planned.stage.value


@network_view(Verb.NETWORK_BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    may_decide = request.principal.may(Verb.RELEASES_MANAGE)
    waiting = [_waiting(one, may_decide) for one in planned_months(now=timezone.now())]
    return page(
        request,
        "console/releases.html",
        here="releases",
        waiting=waiting,
        may_decide=may_decide,
        day=RELEASED_ON_THE,
        released=months()[:LISTED],
        corrections=corrections()[:LISTED],
        decisions=MonthDecision.objects.order_by("-at", "-id")[:LISTED],
    )


@network_view(Verb.RELEASES_MANAGE)
@require_POST
def approve(request: AskedRequest, release_month: str) -> HttpResponse:
    return take(
        request,
        lambda: approve_month(month=month_of(release_month), by_name=request.principal.person_name, now=timezone.now()),
        back=reverse("console:releases"),
        key="month-approved",
        here="releases",
    )


@network_view(Verb.RELEASES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def hold(request: AskedRequest, release_month: str) -> HttpResponse:
    held = month_of(release_month)
    form = HoldForm(posted(request))
    me = request.principal
    if form.attempt(lambda: hold_month(month=held, **form.cleaned_data, by_name=me.person_name, now=timezone.now())):
        return done(reverse("console:releases"), "month-held")
    return form_page(
        request, "console/release_hold.html", here="releases", form=form, month=held.first, planned=release_at(held)
    )


def month_of(text: str) -> Month:
    """Return the month of an address, "2026-10". Raises Http404 for what is none."""
    try:
        return Month.parse(text)
    except ValueError as error:
        raise Http404 from error


def month_asked(request: AskedRequest, released: Sequence[ReleasedMonth]) -> date | None:
    """The released month that `month` in the address names, the newest without it; None where nothing is released.

    Raises Http404 for a month that is none, or is not released.
    """
    given = request.GET.get("month", "")
    if not given:
        return released[0].month if released else None
    found = month_of(given).first
    if all(one.month != found for one in released):
        raise Http404
    return found


def _waiting(planned: Planned, may_decide: bool) -> Waiting:
    undecided = planned.stage in (Stage.COLLECTING, Stage.WAITING)
    return Waiting(
        planned=planned,
        named=planned.missing[:NAMED],
        others=max(len(planned.missing) - NAMED, 0),
        may_approve=may_decide and planned.is_settled and planned.stage in (Stage.WAITING, Stage.HELD),
        may_hold=may_decide and undecided,
    )
