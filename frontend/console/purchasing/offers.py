"""Prices for members under a contract: added, ended, taken out before anybody saw them."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from billing.purchasing.contracts.listed import one_contract
from billing.purchasing.models import Item
from billing.purchasing.offers.keep_offer import add_offer, end_offer, remove_offer
from billing.purchasing.offers.listed import one_offer
from frontend.console.purchasing.contracts import HERE
from frontend.forms.contract import EndForm
from frontend.forms.offer import OfferForm
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

# So many numbers are offered while somebody types.
_SUGGESTED = 500


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract = one_contract(contract_id)
    form = OfferForm(posted(request), contract=contract)
    if form.attempt(lambda: add_offer(contract_id=contract_id, **form.asked())):
        return done(reverse("console:contract", args=[contract_id]), "offer-added")
    items = Item.objects.filter(vendor=contract.vendor_id).order_by("sku")[:_SUGGESTED]
    return form_page(request, "console/offers/new.html", here=HERE, form=form, contract=contract, items=items)


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedRequest, offer_id: UUID) -> HttpResponse:
    offer, today = one_offer(offer_id), timezone.localdate()
    form = EndForm(posted(request))
    if form.attempt(lambda: end_offer(offer_id=offer_id, today=today, **form.cleaned_data)):
        return done(reverse("console:contract", args=[offer.contract_id]), "offer-ended")
    return form_page(request, "console/offers/end.html", here=HERE, form=form, offer=offer)


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: AskedRequest, offer_id: UUID) -> HttpResponse:
    offer, today = one_offer(offer_id), timezone.localdate()
    if posted(request) is None:
        return page(request, "console/offers/remove.html", here=HERE, offer=offer)
    return take(
        request,
        lambda: remove_offer(offer_id=offer_id, today=today),
        back=reverse("console:contract", args=[offer.contract_id]),
        key="offer-removed",
        here=HERE,
    )
