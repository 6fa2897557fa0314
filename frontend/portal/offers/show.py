"""Offers: what a member pays and what anybody does, the contract it stands on, its fee and what it pays back."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from billing.purchasing.contracts.fee import fee_in_words
from billing.purchasing.contracts.listed import contracts_on, one_contract
from billing.purchasing.models import Contract
from billing.purchasing.offers.listed import offers_of, offers_on, shown
from billing.purchasing.programs.listed import programs_of, version_on
from billing.purchasing.programs.words import Said, said_by
from core.errors import NotFound
from frontend.page import page, seen_before
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb

HERE, PAGE = "offers", 25


@dataclass(frozen=True, slots=True)
class Pays:
    """name: of the program. said: what it says for the period that runs. then: what it says later, and from when on."""

    name: str
    said: Said
    then: tuple[date, Said] | None


@practice_view(Verb.OFFERS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`q` finds by item, manufacturer or vendor; `from` is the number of those already seen."""
    today, text = timezone.localdate(), request.GET.get("q", "").strip()[:120]
    found = offers_on(today, text=text)
    start = seen_before(request)
    total = found.count()
    contracts = list(contracts_on(today))
    return page(
        request,
        "portal/offers/list.html",
        here=HERE,
        text=text,
        offers=shown(found[start : start + PAGE]),
        total=total,
        first=start + 1,
        last=min(start + PAGE, total),
        next=start + PAGE if start + PAGE < total else None,
        before=max(start - PAGE, 0) if start else None,
        contracts=[(contract, fee_in_words(contract)) for contract in contracts],
    )


@practice_view(Verb.OFFERS_VIEW)
@require_safe
def contract(request: AskedRequest, contract_id: UUID) -> HttpResponse:
    today, found = timezone.localdate(), one_contract(contract_id)
    # The database shows a practice signed contracts alone; asked again, so that nothing hangs on one guard.
    if found.signed_on is None:
        raise NotFound("contract_missing", "There is no such contract.")
    running = [
        one for one in offers_of(contract_id, day=today) if one.offer.ends_on is None or one.offer.ends_on >= today
    ]
    return page(
        request,
        "portal/offers/contract.html",
        here=HERE,
        contract=found,
        fee=fee_in_words(found),
        programs=_pays(found),
        offers=running,
        today=today,
    )


def _pays(contract: Contract) -> list[Pays]:
    """Without the programs that have not begun: what those will say may still change."""
    today = timezone.localdate()
    found: list[Pays] = []
    for program in programs_of([contract.pk]):
        version = version_on(program, today)
        if version is not None:
            later = next((one for one in program.versions.all() if one.from_day > today), None)
            then = (later.from_day, said_by(later)) if later else None
            found.append(Pays(program.name, said_by(version), then))
    return found
