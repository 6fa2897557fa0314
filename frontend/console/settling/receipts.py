"""What the network received on a contract: recorded once, and each member told its part."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from billing.purchasing.contracts.fee import fee_in_words
from billing.purchasing.contracts.listed import one_contract
from billing.purchasing.fees.record_receipt import record_receipt
from core import audit
from frontend.forms.settling import ReceiptForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract = one_contract(contract_id)
    if contract.signed_on is None:
        raise Http404
    form = ReceiptForm(posted(request), currency=contract.currency)
    receipt = form.attempt(
        lambda: record_receipt(contract_id=contract_id, **form.cleaned_data, today=timezone.localdate())
    )
    if receipt:
        return done(reverse("console:contract-fees", args=[contract_id]), "fee-recorded")
    audit.record("fees.read", subject=contract)
    return form_page(
        request,
        "console/settling/fees.html",
        here="contracts",
        form=form,
        contract=contract,
        fee=fee_in_words(contract),
        receipts=contract.fee_receipts.order_by("-received_on", "-first"),
    )
