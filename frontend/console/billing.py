"""Plans and members' billing state: who has what, who owes, what came from the provider that fits nobody."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from billing.overview import network_overview
from billing.plans import PLANS, plan_of
from frontend.page import page
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb


@network_view(Verb.NETWORK_BILLING_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    known = network_overview()
    counts = [(plan, sum(one.practice.plan == plan.key for one in known.members)) for plan in PLANS.values()]
    rows = [(one, plan_of(one.practice.plan)) for one in known.members]
    return page(request, "console/billing.html", here="billing", known=known, counts=counts, rows=rows)
