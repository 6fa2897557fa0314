"""What members' invoices call things that stand in no catalog: the network says what they are, or adds the item."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from billing.purchasing.catalog.name_for_all import forget_for_all, name_for_all, names_of
from billing.purchasing.models import ItemName
from billing.purchasing.purchases.network_words import WORDS_FROM, network_words
from billing.purchasing.vendors.listed import one_vendor
from core import audit
from frontend.console.purchasing.vendors import HERE
from frontend.forms.vendor import WordForm
from frontend.page import done, form_page, take
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

SHOWN, NAMED = 25, 100


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    vendor, words = one_vendor(vendor_id), network_words(vendor_id=vendor_id)
    posted = request.POST if request.method == "POST" else None
    asked = posted.get("key", "") if posted else None
    rows = []
    for number, word in enumerate(words.told[:SHOWN]):
        form = WordForm(posted if asked == word.key else None, number=number)
        if form.attempt(lambda word=word, form=form: _name(vendor_id, word.key, form)):  # type: ignore[misc]
            return done(reverse("console:unmatched-lines", args=[vendor_id]), "item-named")
        rows.append((word, form))
    wrong = next((form for _, form in rows if form.errors), WordForm(None, number=SHOWN))
    if posted is not None and not wrong.is_bound:
        wrong = WordForm(posted, number=SHOWN)
        wrong.add_error(None, "That name is not to match here, or was matched meanwhile. Choose one of these.")
    audit.record("words.read", subject=vendor)
    return form_page(
        request,
        "console/catalog/unmatched.html",
        here=HERE,
        form=wrong,
        vendor=vendor,
        rows=rows,
        words=words,
        words_from=WORDS_FROM,
        more=max(len(words.told) - SHOWN, 0),
        names=names_of(vendor_id)[:NAMED],
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_POST
def forget(request: AskedRequest, name_id: UUID) -> HttpResponse:
    vendor_id = ItemName.objects.filter(pk=name_id).values_list("vendor", flat=True).first()
    return take(
        request,
        lambda: forget_for_all(name_id=name_id, now=timezone.now()),
        back=reverse("console:unmatched-lines", args=[vendor_id or name_id]),
        key="item-unnamed",
        here=HERE,
    )


def _name(vendor_id: UUID, key: str, form: WordForm) -> ItemName:
    return name_for_all(vendor_id=vendor_id, key=key, number=form.cleaned_data["number"])
