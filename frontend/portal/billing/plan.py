"""Plan and billing: what the practice has, what it used, what there is to choose."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.plans import PLANS, plan_of
from core.tenancy.scope import current_practice
from frontend.page import page
from frontend.portal.billing.usage import usage
from frontend.request import AskedRequest
from loyalty.plan_used import used
from tenants.declare import practice_view
from tenants.entitlements import limits_of
from tenants.permissions import Verb


@practice_view(Verb.BILLING_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    now = timezone.now()
    plan = plan_of(request.principal.plan)
    return page(
        request,
        "portal/billing/plan.html",
        here="settings",
        plan=plan,
        plans=PLANS.values(),
        usage=usage(plan, limits_of(current_practice().id), used(now=now)),
        today=now,
    )
