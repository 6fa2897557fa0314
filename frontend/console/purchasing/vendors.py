"""Vendors: listed, added, changed; with their contracts."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from billing.purchasing.contracts.listed import all_contracts
from billing.purchasing.purchases.network_words import vendors_with_words
from billing.purchasing.vendors.keep_vendor import add_vendor, change_vendor
from billing.purchasing.vendors.listed import all_vendors, one_vendor
from frontend.forms.vendor import VendorForm
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

HERE = "vendors"


@network_view(Verb.PURCHASING_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    vendors = list(all_vendors())
    open_lines = vendors_with_words(one.pk for one in vendors) if may_change(request) else {}
    return page(
        request,
        "console/vendors/list.html",
        here=HERE,
        vendors=[(one, open_lines.get(one.pk, 0)) for one in vendors],
        unmatched=sum(open_lines.values()),
        may_change=may_change(request),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = VendorForm(posted(request))
    vendor = form.attempt(lambda: add_vendor(**form.cleaned_data))
    if vendor is not None:
        return done(reverse("console:vendor", args=[vendor.pk]), "vendor-added")
    return form_page(request, "console/vendors/form.html", here=HERE, form=form)


@network_view(Verb.PURCHASING_VIEW)
@require_safe
def one(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    return page(
        request,
        "console/vendors/one.html",
        here=HERE,
        vendor=one_vendor(vendor_id),
        items_count=one_vendor(vendor_id).items.count(),
        unmatched=vendors_with_words([vendor_id]).get(vendor_id, 0) if may_change(request) else 0,
        contracts=all_contracts().filter(vendor=vendor_id),
        may_change=may_change(request),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    vendor = one_vendor(vendor_id)
    form = VendorForm(posted(request), initial={name: getattr(vendor, name) for name in VendorForm.base_fields})
    if form.attempt(lambda: change_vendor(vendor_id=vendor_id, **form.cleaned_data)):
        return done(reverse("console:vendor", args=[vendor_id]), "vendor-changed")
    return form_page(request, "console/vendors/form.html", here=HERE, form=form, vendor=vendor)


def may_change(request: AskedRequest) -> bool:
    return request.principal.may(Verb.PURCHASING_MANAGE)
