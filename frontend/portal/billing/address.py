"""Where invoices go, and the tax numbers that stand on them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from billing.actions.address import add_tax_id, remove_tax_id, send_invoices_to
from billing.overview import overview
from core.tenancy.scope import current_practice
from frontend.forms.billing import InvoicesToForm, TaxIdForm
from frontend.page import done, page, posted, take
from frontend.portal.billing.leading_on import once_in
from frontend.portal.billing.words import new_once
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.BILLING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest) -> HttpResponse:
    practice, by, now = current_practice(), request.principal, timezone.now()
    known = overview(practice.id)
    sent = posted(request)
    is_tax = bool(sent and "value" in sent)
    initial = {"email": known.account.email if known.account else ""}
    address = InvoicesToForm(None if is_tax else sent, initial=initial)
    number = TaxIdForm(sent if is_tax else None)
    once = once_in(request)
    if address.is_bound:
        sent_to = address.attempt(
            lambda: send_invoices_to(practice=practice, email=address.cleaned_data["email"], once=once, by=by, now=now)
        )
        if sent_to is not None:
            return done(reverse("portal:billing"), "invoices-to")
    if number.is_bound:
        added = number.attempt(
            lambda: add_tax_id(practice=practice, value=number.cleaned_data["value"], once=once, by=by, now=now)
        )
        if added is not None:
            return done(reverse("portal:billing-address"), "tax-id-added")
    return page(
        request,
        "portal/billing/address.html",
        here="settings",
        status=422 if sent is not None else 200,
        known=known,
        address=address,
        number=number,
        once=new_once(),
    )


@practice_view(Verb.BILLING_MANAGE)
@require_POST
def remove(request: AskedRequest) -> HttpResponse:
    return take(
        request,
        lambda: remove_tax_id(
            practice=current_practice(), tax_id=request.POST.get("id", ""), by=request.principal, now=timezone.now()
        ),
        back=reverse("portal:billing-address"),
        key="tax-id-removed",
        here="settings",
    )
