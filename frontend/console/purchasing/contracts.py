"""Contracts: drafted, changed, signed with the fee stated, ended; with their offers and programs."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.purchasing.contracts.draft import change_contract, draft_contract
from billing.purchasing.contracts.end import end_contract
from billing.purchasing.contracts.fee import fee_in_words
from billing.purchasing.contracts.listed import all_contracts, one_contract
from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.offers.listed import offers_of
from billing.purchasing.programs.listed import programs_of, version_on
from billing.purchasing.programs.words import said_by
from billing.purchasing.vendors.listed import one_vendor
from frontend.console.purchasing.vendors import may_change
from frontend.forms.contract import ContractForm, EndForm, SignForm
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

HERE = "contracts"


@network_view(Verb.PURCHASING_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    rows = [(contract, fee_in_words(contract)) for contract in all_contracts()]
    return page(
        request,
        "console/contracts/list.html",
        here=HERE,
        rows=rows,
        today=timezone.localdate(),
        may_change=may_change(request),
    )


@network_view(Verb.PURCHASING_VIEW)
@require_safe
def one(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract, today = one_contract(contract_id), timezone.localdate()
    programs = [
        (program, version_on(program, today) or program.versions.all()[0]) for program in programs_of([contract_id])
    ]
    return page(
        request,
        "console/contracts/one.html",
        here=HERE,
        contract=contract,
        fee=fee_in_words(contract),
        today=today,
        offers=offers_of(contract_id, day=today),
        programs=[(program, version, said_by(version)) for program, version in programs],
        may_change=may_change(request),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, vendor_id: UUID) -> HttpResponse:
    vendor, form = one_vendor(vendor_id), ContractForm(posted(request))
    contract = form.attempt(lambda: draft_contract(vendor_id=vendor_id, **form.cleaned_data))
    if contract is not None:
        return done(reverse("console:contract", args=[contract.pk]), "contract-drafted")
    return form_page(request, "console/contracts/form.html", here=HERE, form=form, vendor=vendor)


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract = one_contract(contract_id)
    kept = {name: getattr(contract, name) for name in ContractForm.base_fields}
    form = ContractForm(posted(request), initial=kept)
    if form.attempt(lambda: change_contract(contract_id=contract_id, **form.cleaned_data)):
        return done(reverse("console:contract", args=[contract_id]), "contract-changed")
    return form_page(
        request, "console/contracts/form.html", here=HERE, form=form, vendor=contract.vendor, contract=contract
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def sign(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract, today = one_contract(contract_id), timezone.localdate()
    form = SignForm(posted(request), initial={"signed_by": request.principal.person_name})
    if form.attempt(lambda: sign_contract(contract_id=contract_id, today=today, **form.cleaned_data)):
        return done(reverse("console:contract", args=[contract_id]), "contract-signed")
    return form_page(
        request, "console/contracts/sign.html", here=HERE, form=form, contract=contract, fee=fee_in_words(contract)
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract, form = one_contract(contract_id), EndForm(posted(request))
    if form.attempt(lambda: end_contract(contract_id=contract_id, **form.cleaned_data)):
        return done(reverse("console:contract", args=[contract_id]), "contract-ended")
    return form_page(request, "console/contracts/end.html", here=HERE, form=form, contract=contract)
