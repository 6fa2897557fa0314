"""Another plan: the table of them, what a change costs now, the end of a paid plan and its taking back."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from billing.actions.change_plan import change_plan, preview_change
from billing.actions.end_plan import end_plan
from billing.overview import overview
from billing.plans import PLANS, TRIAL_DAYS, Interval, plan_of
from core.errors import DomainError
from core.money import Money
from core.tenancy.scope import current_practice
from frontend.page import done, page, refused, take
from frontend.portal.billing.leading_on import may_lead_on, once_in
from frontend.portal.billing.words import compared, new_once
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.BILLING_VIEW)
@require_safe
def plans(request: AskedRequest) -> HttpResponse:
    return may_lead_on(
        page(
            request,
            "portal/billing/plans.html",
            here="settings",
            known=overview(current_practice().id),
            plans=PLANS.values(),
            compared=compared(),
            mine=plan_of(request.principal.plan),
            intervals=Interval,
            trial_days=TRIAL_DAYS,
            once=new_once(),
        )
    )


@practice_view(Verb.BILLING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest) -> HttpResponse:
    """GET shows what it costs now; POST does what was shown."""
    given = request.POST if request.method == "POST" else request.GET
    plan, interval = given.get("plan", ""), given.get("interval", "")
    if not plan:
        return HttpResponseRedirect(reverse("portal:billing-plans"))
    practice, by, now = current_practice(), request.principal, timezone.now()
    try:
        if request.method == "POST":
            at = given.get("at", "")
            change_plan(
                practice=practice,
                plan=plan,
                interval=interval,
                at=int(at) if at.isascii() and at.isdigit() else 0,
                once=once_in(request),
                by=by,
                now=now,
            )
            return done(reverse("portal:billing"), "plan-changed")
        shown = preview_change(practice=practice, plan=plan, interval=interval, by=by, now=now)
    except DomainError as error:
        return refused(request, error, back=reverse("portal:billing-plans"), here="settings")
    return page(
        request,
        "portal/billing/change.html",
        here="settings",
        plan=plan_of(plan),
        price=plan_of(plan).prices[Interval(interval)],
        interval=interval,
        shown=shown,
        due=Money(max(shown.due, 0), shown.currency),
        credit=Money(-shown.due, shown.currency) if shown.due < 0 else None,
        lines=[(words, Money(cents, shown.currency)) for words, cents in shown.lines],
        once=new_once(),
    )


@practice_view(Verb.BILLING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedRequest) -> HttpResponse:
    if request.method == "POST":
        return _settle(request, ends=True, key="plan-ended")
    known = overview(current_practice().id)
    return page(
        request,
        "portal/billing/end.html",
        here="settings",
        known=known,
        plan=plan_of(request.principal.plan),
        once=new_once(),
    )


@practice_view(Verb.BILLING_MANAGE)
@require_POST
def resume(request: AskedRequest) -> HttpResponse:
    return _settle(request, ends=False, key="plan-resumed")


def _settle(request: AskedRequest, *, ends: bool, key: str) -> HttpResponse:
    return take(
        request,
        lambda: end_plan(
            practice=current_practice(),
            ends=ends,
            once=once_in(request),
            by=request.principal,
            now=timezone.now(),
        ),
        back=reverse("portal:billing"),
        key=key,
        here="settings",
    )
