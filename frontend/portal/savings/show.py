"""What the practice saved and earned in a quarter, how far the next tier is, and what is worth a call."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from billing.outlook import outlook
from billing.purchasing.fees.disclosure import disclosure, years_of
from billing.purchasing.models import PurchaseLine, Statement
from billing.purchasing.programs.periods import quarter_number
from billing.purchasing.purchases.unmatched import open_lines
from billing.purchasing.rebates.overcharged import overcharged
from billing.purchasing.rebates.savings import bought_and_saved, same_days_before, savings
from billing.purchasing.statements.netting import choose_netting, nets_now
from core import audit
from core.tenancy.scope import current_practice
from frontend.page import page, take
from frontend.portal.savings.ladders import group_tiers, ladders
from frontend.portal.savings.tabs import tabs
from frontend.quarter import quarter_asked, quarters
from frontend.request import AskedRequest
from loyalty.gifts.given_back import given_back
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb

CALLS = 5


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`quarter` is one such as 2026-Q4, this one without it."""
    me = current_practice().id
    today = timezone.now().astimezone(practice_zone()).date()
    quarter = quarter_asked(request.GET.get("quarter", ""), today=today)
    days = quarter.so_far(today)
    vendors = savings(practice_id=me, days=days)
    before = bought_and_saved(practice_id=me, days=same_days_before(days), currency="USD")
    calls = overcharged(practice_id=me, days=days)
    years = years_of(practice_id=me)
    sums = {name: sum(getattr(one, name) for one in vendors) for name in ("spent", "saved", "earned", "paid")}
    audit.record("savings.read", detail={"quarter": quarter.slug.lower()})
    return page(
        request,
        "portal/savings/show.html",
        here="savings",
        tabs=tabs("savings"),
        quarter=quarter,
        quarters=quarters(today),
        days=days,
        is_over=quarter.period.last < today,
        vendors=vendors,
        sums=sums,
        saved_before=sum(saved for _, saved in before.values()),
        given=given_back(year=quarter.period.first.year, quarter=quarter_number(quarter.period.first)),
        ladders=ladders(practice_id=me, day=days.last),
        groups=group_tiers(practice_id=me, day=days.last),
        calls=calls[:CALLS],
        more_calls=max(len(calls) - CALLS, 0),
        unmatched=open_lines().filter(practice=me).exists(),
        year=years[0] if years else None,
        received=disclosure(practice_id=me, year=years[0]) if years else [],
        latest=Statement.objects.filter(practice=me).order_by("-first").first(),
        nets=nets_now(me),
        outlook=outlook(practice_id=me),
        bought_anything=bool(vendors) or PurchaseLine.objects.filter(practice=me).exists(),
    )


@practice_view(Verb.SAVINGS_VIEW)
@require_POST
def netting(request: AskedRequest) -> HttpResponse:
    nets = request.POST.get("nets") == "yes"
    return take(
        request,
        lambda: choose_netting(
            practice_id=current_practice().id,
            nets=nets,
            by_name=request.principal.person_name,
            now=timezone.now(),
        ),
        back=reverse("portal:savings"),
        key="netting-on" if nets else "netting-off",
        here="savings",
    )
