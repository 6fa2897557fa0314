"""The statements of a quarter: as they would be, approved together, and those that were."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from billing.purchasing.models import Statement
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.prepare import last_quarter, prepare
from core import audit
from core.money import Money
from frontend.forms.settling import ApproveForm
from frontend.page import done, form_page, posted
from frontend.quarter import Quarter, quarter_asked, quarters
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

HERE = "claims"


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest) -> HttpResponse:
    """`quarter` is one such as 2026-Q3, the one that ended last without it."""
    now, today = timezone.now(), timezone.localdate()
    given = request.GET.get("quarter", "")
    quarter = quarter_asked(given, today=today) if given else Quarter(last_quarter(today))
    is_over = quarter.period.last < today
    form = ApproveForm(posted(request))
    made = form.attempt(
        lambda: approve(
            quarter=quarter.period,
            payout_seen=form.cleaned_data["seen"],
            by_name=request.principal.person_name,
            now=now,
        )
    )
    if made:
        return done(f"{reverse('console:member-statements')}?quarter={quarter.slug}", "statements-approved")
    drafted = prepare(quarter=quarter.period, now=now) if is_over else []
    kept = Statement.objects.filter(first=quarter.period.first).select_related("practice").order_by("practice__name")
    audit.record("statements.read", detail={"quarter": quarter.slug.lower()})
    return form_page(
        request,
        "console/settling/statements.html",
        here="statements",
        form=form,
        quarter=quarter,
        quarters=quarters(today),
        is_over=is_over,
        drafted=drafted,
        payout=sum((one.payout_money for one in drafted), Money(0)),
        kept=kept,
    )
