"""Rebate programs: what they say in words and in figures, started, and changed for a period to come."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.purchasing.accrual import Measured
from billing.purchasing.contracts.listed import one_contract
from billing.purchasing.models import Contract, Item, ProgramVersion, RebateProgram
from billing.purchasing.programs.listed import one_program, version_on
from billing.purchasing.programs.terms import Terms, checked
from billing.purchasing.programs.tier_words import counted_in_words
from billing.purchasing.programs.units import with_unit
from billing.purchasing.programs.words import said, said_by, terms_of
from billing.purchasing.programs.worked import basis, worked
from billing.purchasing.programs.write_version import add_version, may_change_on, start_program
from core.errors import DomainError
from core.money import Money
from frontend.console.purchasing.contracts import HERE
from frontend.console.purchasing.vendors import may_change
from frontend.forms.program import KEEP, MORE, ProgramForm, digest_of, first_days, typed
from frontend.page import done, page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb


@dataclass(frozen=True, slots=True)
class Told:
    """A row of the example, in words but for the tier and what is paid, minor units."""

    measure: str
    bought: str
    tier: int | None
    cents: int


@network_view(Verb.PURCHASING_VIEW)
@require_safe
def one(request: AskedRequest, rebate_program_id: UUID) -> HttpResponse:
    program, today = one_program(rebate_program_id), timezone.localdate()
    versions = list(program.versions.all())
    now = version_on(program, today)
    shown = now or versions[0]
    return page(
        request,
        "console/programs/one.html",
        here=HERE,
        program=program,
        contract=program.contract,
        now=now,
        shown=shown,
        versions=[(one, said_by(one)) for one in reversed(versions)],
        **_worked(terms_of(shown), program.contract),
        may_change=may_change(request),
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    contract, today = one_contract(contract_id), timezone.localdate()
    days = first_days(contract, today=today, running_only=False)
    form = ProgramForm(posted(request), contract=contract, days=days, today=today, new=True)
    if _may_keep(request, form, contract):
        name = form.cleaned_data["name"]
        program = form.attempt(lambda: start_program(contract_id=contract_id, name=name, terms=form.terms()))
        if program is not None:
            return done(reverse("console:rebate-program", args=[program.pk]), "program-started")
    return _form(request, form, contract)


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, rebate_program_id: UUID) -> HttpResponse:
    program, today = one_program(rebate_program_id), timezone.localdate()
    contract = program.contract
    is_signed = contract.signed_on is not None
    days = [
        day
        for day in first_days(contract, today=today, running_only=is_signed)
        if may_change_on(program.versions.all(), day, today=today if is_signed else None)
    ]
    form = ProgramForm(posted(request), contract=contract, days=days, today=today, new=False, initial=_as_now(program))
    if _may_keep(request, form, contract):
        why = form.cleaned_data["why"]
        version = form.attempt(
            lambda: add_version(program_id=rebate_program_id, terms=form.terms(), why=why, today=today)
        )
        if version is not None:
            return done(reverse("console:rebate-program", args=[rebate_program_id]), "program-changed")
    return _form(request, form, contract, program)


def _may_keep(request: AskedRequest, form: ProgramForm, contract: Contract) -> bool:
    """Nothing is kept that was not shown before in words and figures."""
    return (
        request.method == "POST"
        and request.POST.get("step") == KEEP
        and form.is_valid()
        and form.cleaned_data["seen"] == digest_of(with_unit(form.terms(), vendor_id=contract.vendor_id))
    )


def _form(
    request: AskedRequest, form: ProgramForm, contract: Contract, program: RebateProgram | None = None
) -> HttpResponse:
    shown: dict[str, Any] = {}
    if request.method == "POST" and request.POST.get("step") == MORE:
        # Another few rows, and no word yet about what is missing.
        form.errors.clear()
    elif form.is_bound and form.is_valid():
        shown = _looked_at(form, contract)
    return page(
        request,
        "console/programs/form.html",
        here=HERE,
        status=422 if form.errors else 200,
        form=form,
        contract=contract,
        program=program,
        **shown,
    )


def _looked_at(form: ProgramForm, contract: Contract) -> dict[str, Any]:
    terms = with_unit(form.terms(), vendor_id=contract.vendor_id)
    try:
        worked_out = _worked(terms, contract)
    except DomainError as error:
        name = form.fields_of.get(error.field or "", error.field)
        form.add_error(name if name in form.fields else None, error.message)
        return {}
    names = Item.objects.filter(pk__in=terms.item_ids).order_by("name").values_list("name", flat=True)
    words = said(terms, currency=contract.currency, vendor=contract.vendor.name, items=list(names))
    return {"words": words, "digest": digest_of(terms), **worked_out}


def _worked(terms: Terms, contract: Contract) -> dict[str, Any]:
    """The rows of the example, and what it stands on. Raises DomainError."""
    schedule, currency = checked(terms), contract.currency
    on = basis(terms, schedule, currency=currency)

    def told(count: int, counted: str) -> str:
        return counted_in_words(count, counted=counted, unit=terms.unit, currency=currency)

    return {
        "examples": [
            Told(told(one.measure, schedule.counted), told(one.bought, schedule.paid_on), one.tier, one.cents)
            for one in worked(terms, schedule, currency=currency)
        ],
        "year_before": told(on.before, schedule.counted) if on.before else "",
        "own": Money(on.own, currency) if on.own else None,
        "price": Money(on.price, currency) if on.price else None,
        "unit": terms.unit,
        "splits": terms.measured in (Measured.TRAILING, Measured.GROUP) or schedule.counted is not schedule.paid_on,
    }


def _as_now(program: RebateProgram) -> dict[str, Any]:
    version: ProgramVersion = program.versions.all()[len(program.versions.all()) - 1]
    skus = sorted(one.item.sku for one in version.items.all())
    return typed(terms_of(version), currency=program.contract.currency, skus=skus)
