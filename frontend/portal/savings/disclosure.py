"""What the network received on this practice's purchases in a year: the law wants each member told."""

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from billing.purchasing.fees.disclosure import disclosure, years_of
from core import audit
from core.money import Money
from core.tenancy.scope import current_practice
from frontend.csv_file import csv_file
from frontend.page import page
from frontend.portal.savings.tabs import tabs
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def show(request: AskedRequest, year: int) -> HttpResponse:
    me = current_practice().id
    years = years_of(practice_id=me)
    if year not in years:
        raise Http404
    received = disclosure(practice_id=me, year=year)
    audit.record("disclosure.read", detail={"year": year})
    return page(
        request,
        "portal/savings/disclosure.html",
        here="savings",
        tabs=tabs("savings"),
        year=year,
        years=years,
        received=received,
        total=sum((one.received for one in received), Money(0)),
    )


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def file(request: AskedRequest, year: int) -> HttpResponse:  # noqa: ARG001  a view takes one
    me = current_practice().id
    if year not in years_of(practice_id=me):
        raise Http404
    audit.record("disclosure.exported", detail={"year": year})
    rows = [
        (one.vendor, one.contract, f"{one.bought.decimal}", f"{one.received.decimal}", one.bought.currency)
        for one in disclosure(practice_id=me, year=year)
    ]
    columns = ("Vendor", "Contract", "You bought", "The network received", "Currency")
    return csv_file(f"received-{year}.csv", columns, rows)
