"""Paying: on to the provider's pages, back from them, an open invoice, and the invoices themselves."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from billing.actions.pay import pay_invoice, pdf_of, portal_of
from billing.actions.subscribe import subscribe
from billing.overview import overview
from billing.refresh import try_refresh
from core.tenancy.scope import control_plane, current_practice
from frontend.page import done, take
from frontend.portal.billing.leading_on import lead_on, once_in, whole
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.BILLING_MANAGE)
@require_POST
def checkout(request: AskedRequest) -> HttpResponse:
    return lead_on(
        request,
        lambda: subscribe(
            practice=current_practice(),
            plan=request.POST.get("plan", ""),
            interval=request.POST.get("interval", ""),
            trial=request.POST.get("trial") == "1",
            done=whole(request, "billing-return"),
            back=whole(request, "billing"),
            once=once_in(request),
            by=request.principal,
        ),
    )


@practice_view(Verb.BILLING_MANAGE)
@require_POST
def portal(request: AskedRequest) -> HttpResponse:
    back = whole(request, "billing-return")
    return lead_on(
        request,
        lambda: portal_of(practice=current_practice(), back=back, once=once_in(request), by=request.principal),
    )


@practice_view(Verb.BILLING_VIEW)
@require_safe
def back(_request: AskedRequest) -> HttpResponse:
    """From the provider's pages: what was done there is read at once, and comes as an event as well."""
    known = overview(current_practice().id)
    if known.on and known.account is not None:
        with control_plane():
            read = try_refresh(account_id=known.account.id, now=timezone.now())
        return done(reverse("portal:billing"), "billing-back" if read else "billing-back-later")
    return HttpResponseRedirect(reverse("portal:billing"))


@practice_view(Verb.BILLING_MANAGE)
@require_POST
def invoice(request: AskedRequest) -> HttpResponse:
    if not request.POST.get("invoice"):
        return HttpResponseRedirect(reverse("portal:billing"))
    return take(
        request,
        lambda: pay_invoice(
            practice=current_practice(),
            invoice_id=_id(request.POST.get("invoice", "")),
            once=once_in(request),
            by=request.principal,
            now=timezone.now(),
        ),
        back=reverse("portal:billing"),
        key="invoice-paid",
        here="settings",
    )


@practice_view(Verb.BILLING_VIEW)
@require_safe
def pdf(request: AskedRequest) -> HttpResponse:
    if not request.GET.get("of"):
        return HttpResponseRedirect(reverse("portal:billing"))
    wanted = _id(request.GET["of"])
    return lead_on(request, lambda: pdf_of(practice=current_practice(), invoice_id=wanted, by=request.principal))


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
