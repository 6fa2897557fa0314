"""Lines that nobody knows the item of: the member says what each word of its invoices means."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from billing.purchasing.models import Item, ItemAlias
from billing.purchasing.purchases.name_item import forget_name, name_item
from billing.purchasing.purchases.unmatched import unmatched
from core.tenancy.scope import current_practice
from frontend.forms.purchases import NameForm
from frontend.page import done, form_page, take
from frontend.portal.savings.tabs import tabs
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb

SHOWN, NAMED = 25, 100


@practice_view(Verb.PURCHASES_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest) -> HttpResponse:
    me = current_practice().id
    waiting = unmatched(practice_id=me)
    shown = waiting[:SHOWN]
    items = _items({one.vendor_id for one in shown})
    posted = request.POST if request.method == "POST" else None
    asked = (posted.get("vendor", ""), posted.get("key", "")) if posted else None
    rows = []
    for number, one in enumerate(shown):
        bound = posted if asked == (str(one.vendor_id), one.key) else None
        form = NameForm(bound, items=items.get(one.vendor_id, []), number=number)
        lines = form.attempt(lambda one=one, form=form: _name(me, one.vendor_id, one.key, form))  # type: ignore[misc]
        if lines:
            return done(reverse("portal:unmatched"), "purchases-named")
        rows.append((one, form))
    errors = next((form for _, form in rows if form.errors), None)
    return form_page(
        request,
        "portal/savings/unmatched.html",
        here="savings",
        form=errors or NameForm(None, items=[], number=0),
        tabs=tabs("purchases"),
        rows=rows,
        more=max(len(waiting) - SHOWN, 0),
        names=ItemAlias.objects.filter(practice=me).select_related("vendor", "item").order_by("-updated_at")[:NAMED],
    )


@practice_view(Verb.PURCHASES_MANAGE)
@require_POST
def forget(request: AskedRequest, alias_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: forget_name(alias_id=alias_id, practice_id=current_practice().id, now=timezone.now()),
        back=reverse("portal:unmatched"),
        key="purchases-unnamed",
        here="savings",
    )


def _name(me: UUID, vendor_id: UUID, key: str, form: NameForm) -> int:
    return name_item(practice_id=me, vendor_id=vendor_id, key=key, item_id=form.item_id, now=timezone.now())


def _items(vendors: set[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    found: dict[UUID, list[tuple[str, str]]] = {}
    for id, vendor_id, name, sku in Item.objects.filter(vendor__in=vendors).values_list("id", "vendor", "name", "sku"):
        found.setdefault(vendor_id, []).append((str(id), f"{name} ({sku})"))
    return found
