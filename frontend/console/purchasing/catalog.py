"""A vendor's catalog: found, one added, changed and priced, and all of it taken in from a file."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.purchasing.catalog.keep_item import add_item, change_item, set_catalog_price
from billing.purchasing.catalog.listed import items_of, one_item
from billing.purchasing.catalog.ndc import normal_ndc, shown_ndc
from billing.purchasing.catalog.take_in import CatalogRefused, take_in_catalog
from billing.purchasing.catalog.units import shown_units
from billing.purchasing.models import Item
from billing.purchasing.vendors.listed import one_vendor
from core.errors import DomainError
from frontend.console.purchasing.vendors import HERE, may_change
from frontend.forms.vendor import CatalogFileForm, CatalogPriceForm, ItemForm, NewItemForm
from frontend.page import done, form_page, page, posted, seen_before
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

PAGE = 50
_TOLD = 200


@network_view(Verb.PURCHASING_VIEW)
@require_safe
def show(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    """`q` finds by number, NDC, name or manufacturer; `from` is the number of those already seen."""
    vendor, text = one_vendor(vendor_id), request.GET.get("q", "").strip()[:120]
    found = items_of(vendor_id, text=text, day=timezone.localdate())
    total, start = found.count(), seen_before(request)
    return page(
        request,
        "console/catalog/list.html",
        here=HERE,
        vendor=vendor,
        text=text,
        items=[(item, shown_ndc(item.ndc), _units(item)) for item in found[start : start + PAGE]],
        total=total,
        first=start + 1,
        last=min(start + PAGE, total),
        next=start + PAGE if start + PAGE < total else None,
        before=max(start - PAGE, 0) if start else None,
        may_change=may_change(request),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    """`sku` and `name` fill the form in, as invoices write them."""
    given = {name: request.GET.get(name, "")[:most] for name, most in (("sku", 60), ("name", 160))}
    vendor, form = one_vendor(vendor_id), NewItemForm(posted(request), initial=given | _ndc(given["sku"]))
    if form.attempt(lambda: add_item(vendor_id=vendor_id, **form.asked())):
        return done(reverse("console:catalog", args=[vendor_id]), "item-added")
    return form_page(request, "console/catalog/item.html", here=HERE, form=form, vendor=vendor)


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, item_id: UUID) -> HttpResponse:
    item = one_item(item_id)
    kept = {name: getattr(item, name) for name in ("sku", "name", "manufacturer", "unit")}
    form = ItemForm(posted(request), initial={**kept, "ndc": shown_ndc(item.ndc), "other_units": _units(item)})
    if form.attempt(lambda: change_item(item_id=item_id, **form.cleaned_data)):
        return done(reverse("console:catalog", args=[item.vendor_id]), "item-changed")
    prices = item.catalog_prices.order_by("-from_day")
    return form_page(
        request, "console/catalog/item.html", here=HERE, form=form, vendor=item.vendor, item=item, prices=prices
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def price(request: AskedRequest, item_id: UUID) -> HttpResponse:
    item, form = one_item(item_id), CatalogPriceForm(posted(request))
    kept = form.attempt(
        lambda: set_catalog_price(
            item_id=item_id,
            minor=form.cleaned_data["price"],
            from_day=form.cleaned_data["from_day"],
            currency=form.cleaned_data["currency"],
        )
    )
    if kept is not None:
        return done(reverse("console:item", args=[item_id]), "item-priced")
    return form_page(request, "console/catalog/price.html", here=HERE, form=form, item=item)


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def take_in(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    vendor, form = one_vendor(vendor_id), CatalogFileForm.of(request)
    refused: list[CatalogRefused] = []

    def act() -> object:
        try:
            return take_in_catalog(
                vendor_id=vendor_id,
                chunks=form.cleaned_data["file"].chunks(),
                from_day=form.cleaned_data["from_day"],
                currency=form.cleaned_data["currency"],
            )
        except CatalogRefused as error:
            refused.append(error)
            raise

    if form.attempt(act) is not None:
        return done(reverse("console:catalog", args=[vendor_id]), "catalog-taken-in")
    faults = refused[0].faults if refused else []
    return form_page(
        request,
        "console/catalog/file.html",
        here=HERE,
        form=form,
        vendor=vendor,
        faults=faults[:_TOLD],
        more=max(len(faults) - _TOLD, 0),
    )


def _ndc(code: str) -> dict[str, str]:
    """For a form: an item whose number on invoices is an NDC."""
    try:
        return {"ndc": shown_ndc(normal_ndc(code))}
    except DomainError:
        return {}


def _units(item: Item) -> str:
    return shown_units({one.name: one.holds for one in item.units.all()})
