"""Files of invoice lines: those that were brought, and the upload that begins one."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from billing.purchasing.models import PurchaseLine, Vendor
from billing.purchasing.purchases.unmatched import words_unmatched
from billing.receiving.models import PurchaseFile
from billing.receiving.upload import upload
from core.tenancy.scope import current_practice
from frontend.forms.purchases import PurchasesForm
from frontend.page import form_page
from frontend.portal.savings.tabs import tabs
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb

SHOWN = 30


@practice_view(Verb.PURCHASES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest) -> HttpResponse:
    vendors = list(Vendor.objects.order_by("name"))
    form = PurchasesForm.of(request, vendors=vendors)
    of = form.attempt(
        lambda: upload(
            name=form.cleaned_data["file"].name,
            chunks=form.cleaned_data["file"].chunks(),
            vendor_id=form.cleaned_data["vendor"],
            by_person_id=request.principal.person_id,
        )
    )
    if of is not None:
        return HttpResponseRedirect(reverse("portal:purchase-file-columns", args=[of.id]), status=303)
    me = current_practice().id
    names = {vendor.pk: vendor.name for vendor in vendors}
    files = list(PurchaseFile.objects.defer("content")[:SHOWN])
    return form_page(
        request,
        "portal/savings/files.html",
        here="savings",
        form=form,
        tabs=tabs("purchases"),
        vendors=vendors,
        files=[(one, names.get(one.vendor_id, "")) for one in files],
        lines=PurchaseLine.objects.filter(practice=me).count(),
        unmatched=words_unmatched(practice_id=me),
    )
