"""Plan and billing: what the practice has, what it used, how it pays, its invoices."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.outlook import outlook
from billing.overview import overview
from billing.plans import TRIAL_DAYS, Interval, plan_of
from core.tenancy.scope import current_practice
from frontend.page import page
from frontend.portal.billing.leading_on import may_lead_on
from frontend.portal.billing.usage import usage
from frontend.portal.billing.words import new_once
from frontend.request import AskedRequest
from loyalty.plan_used import used
from tenants.declare import practice_view
from tenants.entitlements import limits_of
from tenants.permissions import Verb


@practice_view(Verb.BILLING_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    now, practice = timezone.now(), current_practice()
    known = overview(practice.id)
    plan = plan_of(request.principal.plan)
    subscription = known.subscription
    by_year = subscription is not None and subscription.interval == Interval.YEAR
    return may_lead_on(
        page(
            request,
            "portal/billing/plan.html",
            here="settings",
            known=known,
            plan=plan,
            price=plan.prices[Interval(subscription.interval)] if subscription and plan.is_paid else None,
            subscription=subscription,
            outlook=outlook(practice_id=practice.id),
            usage=usage(plan, limits_of(practice.id), used(now=now), by_year=by_year),
            standing=request.principal.standing,
            until=request.principal.standing_until,
            trial_days=TRIAL_DAYS,
            once=new_once(),
            today=now,
        )
    )
