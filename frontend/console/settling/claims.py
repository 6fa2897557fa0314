"""What waits to be claimed, what was sent, and sending."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from billing.purchasing.claims.deliveries import reached
from billing.purchasing.claims.listed import open_claims, settled_claims, to_claim
from billing.purchasing.claims.overdue import overdue
from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import DUE_AFTER, send_claim
from billing.purchasing.contracts.listed import one_contract
from billing.purchasing.programs.periods import is_end_of_month
from core import audit
from frontend.forms.settling import ClaimForm
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from tenants.declare import network_view
from tenants.permissions import Verb

HERE, SETTLED = "claims", 60


@network_view(Verb.PURCHASING_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    today = timezone.localdate()
    unsettled = open_claims()
    late = overdue(unsettled, now=timezone.now())
    are_late = {one.claim.pk for one in late}
    audit.record("claims.read")
    return page(
        request,
        "console/settling/claims.html",
        here=HERE,
        waiting=to_claim(today),
        overdue=late,
        open=[one for one in unsettled if one.claim.pk not in are_late],
        settled=settled_claims(most=SETTLED),
        reached=reached(one.claim for one in unsettled),
        today=today,
    )


@network_view(Verb.PURCHASING_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedRequest, contract_id: UUID, last_day: str) -> HttpResponse:
    last = _day(last_day)
    contract = one_contract(contract_id)
    now = timezone.now()
    if contract.signed_on is None or last >= now.date() or not is_end_of_month(last):
        raise Http404
    form = ClaimForm(posted(request), initial={"due_on": last + DUE_AFTER})
    claim = form.attempt(
        lambda: send_claim(
            contract_id=contract_id,
            last=last,
            total_seen=form.cleaned_data["seen"],
            due_on=form.cleaned_data["due_on"],
            by_name=request.principal.person_name,
            now=now,
        )
    )
    if claim:
        return done(reverse("console:claim", args=[claim.pk]), "claim-sent")
    prepared = prepare(contract=contract, last=last, now=now)
    return form_page(
        request, "console/settling/claim_new.html", here=HERE, form=form, contract=contract, last=last, claim=prepared
    )


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise Http404 from error
