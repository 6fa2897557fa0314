"""How lines of invoices became a rebate: which count, what each stands for, what was claimed and paid of it."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Sum
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from billing.purchasing.models import Accrual, Claim, ClaimLine, PaymentShare, PurchaseLine, VendorPayment, WriteOff
from billing.purchasing.programs.in_force import rules_on
from billing.purchasing.programs.units import units_in_words
from billing.purchasing.purchases.line import MADE
from billing.purchasing.rebates.explain import Why, explain
from core import audit
from core.errors import NotFound
from core.money import Money
from core.tenancy.scope import current_practice
from frontend.csv_file import csv_file
from frontend.page import page
from frontend.portal.savings.tabs import tabs
from frontend.portal.savings.tier_words import tier_begins, tier_pays
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb

LINES = 200
WHY = {
    Why.FREIGHT: "Freight and fees do not count",
    Why.UNKNOWN: "Nobody said which item it is",
    Why.EXCLUDED: "The program leaves this item out",
    Why.OFF_CONTRACT: "The contract was not in force that day",
    Why.CURRENCY: "Paid in another currency",
    Why.UNIT: "Nobody said how many units that is: ask the network",
}


@dataclass(frozen=True, slots=True)
class Claimed:
    """One claim that the practice has a part in. paid: until now; why_off: why the rest is not paid."""

    claim: Claim
    cents: int
    paid: int
    last_paid: VendorPayment | None
    why_off: str

    @property
    def left(self) -> int:
        return 0 if self.why_off else self.cents - self.paid


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def show(request: AskedRequest, accrual_id: UUID) -> HttpResponse:
    accrual = _found(accrual_id)
    lines = explain(accrual)
    rules = rules_on([accrual.program], accrual.first)[accrual.program_id]
    counted = [one for one in lines if one.cents is not None]
    audit.record("rebate.read", subject=accrual)
    return page(
        request,
        "portal/savings/rebate.html",
        here="savings",
        tabs=tabs("savings"),
        accrual=accrual,
        contract=accrual.program.contract,
        rules=rules,
        tier_pays="" if accrual.tier is None else tier_pays(rules, accrual.tier),
        first_tier=tier_begins(rules.schedule.tiers[0].at, rules),
        units="" if accrual.base_units is None else units_in_words(accrual.base_units, rules.version.unit),
        tier_number=None if accrual.tier is None else accrual.tier + 1,
        counted=counted[:LINES],
        more=max(len(counted) - LINES, 0),
        count=len(counted),
        left=[(one.line, WHY[one.why]) for one in lines if one.why][:LINES],
        left_sum=sum(one.line.amount_minor for one in lines if one.why),
        claims=_claims(accrual),
    )


@practice_view(Verb.SAVINGS_VIEW)
@require_safe
def file(request: AskedRequest, accrual_id: UUID) -> HttpResponse:  # noqa: ARG001  a view takes one
    accrual = _found(accrual_id)
    audit.record("rebate.exported", subject=accrual)
    of_units = accrual.base_units is not None
    rows = [
        (
            one.line.day.isoformat(),
            one.line.invoice,
            "" if one.line.line.startswith(MADE) else one.line.line,
            one.line.code,
            one.line.item.name if one.line.item else one.line.description,
            f"{one.line.quantity.normalize():f}",
            *((_units(one.line),) if of_units else ()),
            str(Money(one.line.amount_minor, one.line.currency).decimal),
            "" if one.cents is None else str(Money(one.cents, accrual.program.contract.currency).decimal),
            WHY[one.why] if one.why else "",
        )
        for one in explain(accrual)
    ]
    units = ("Units",) if of_units else ()
    columns = (
        "Day", "Invoice", "Line", "Item number", "Item", "Quantity", *units, "Amount", "Rebate",
        "Why it does not count",
    )  # fmt: skip
    return csv_file(f"rebate-{accrual.first}.csv", columns, rows)


def _units(line: PurchaseLine) -> str:
    return "" if line.units is None else f"{line.units.normalize():f}"


def _found(accrual_id: UUID) -> Accrual:
    accrual = (
        Accrual.objects.select_related("program__contract__vendor")
        .filter(pk=accrual_id, practice=current_practice().id)
        .first()
    )
    if accrual is None:
        raise NotFound("rebate_missing", "There is no such rebate.")
    return accrual


def _claims(accrual: Accrual) -> list[Claimed]:
    found = []
    lines = ClaimLine.objects.filter(program=accrual.program_id, first=accrual.first, practice=accrual.practice_id)
    for line in lines.order_by("created_at"):
        claim = Claim.objects.only("id", "last", "number", "due_on", "sent_at", "currency").get(pk=line.claim_id)
        shares = PaymentShare.objects.filter(of=line)
        paid = int(shares.aggregate(sum=Sum("cents"))["sum"] or 0)
        payment = (
            VendorPayment.objects.only("id", "day", "reference")
            .filter(pk__in=shares.values("payment"))
            .order_by("-day")
            .first()
        )
        why = WriteOff.objects.filter(claim=line.claim_id).values_list("why", flat=True).first() or ""
        found.append(Claimed(claim, line.cents, paid, payment, why))
    return found
