"""What the invented members bought of the invented vendors; what they earned, were paid, and were told. All made up."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from billing.purchasing.accrual import Period
from billing.purchasing.claims.listed import to_claim
from billing.purchasing.claims.prepare import prepare as prepare_claim
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.fees.record_receipt import record_receipt
from billing.purchasing.models import (
    Claim,
    ClaimDelivery,
    Contract,
    DeliveryState,
    Fee,
    Item,
    PurchaseLine,
    StatementMail,
    Vendor,
    Way,
)
from billing.purchasing.offers.price import less
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.prepare import prepare as prepare_statements
from billing.receiving.choose_columns import choose_columns
from billing.receiving.run import run
from billing.receiving.upload import upload
from core import audit
from core.copying import insert_rows
from core.ids import uuid7
from core.tenancy.scope import practice_scope
from infra.seeds.draw import stream
from infra.seeds.plan import Plan
from infra.seeds.wares import CEDAR, HALCYON, LUMIVANE, NORTHLIGHT, Row, Wares
from tenants.models import Practice, SizeBand

NORA = "Nora Brandt"
_SIZE = {SizeBand.SMALL: 1.0, SizeBand.MEDIUM: 1.8, SizeBand.LARGE: 3.2}
# How many of one item a small practice buys at once, at most, and how often a month it orders of the vendor.
_ORDERS = {LUMIVANE.vendor: (9, 2), HALCYON.vendor: (14, 1), NORTHLIGHT.vendor: (4, 1), CEDAR.vendor: (24, 1)}
_CLAIMED_AFTER, _PAID_AFTER, _STATED_AFTER = timedelta(days=6), timedelta(days=34), timedelta(days=12)
_BRING_FILES = 3
_COLUMNS = (
    "id", "practice_id", "vendor_id", "invoice", "line", "day", "code", "description", "quantity", "unit",
    "amount_minor", "item_id", "units",
)  # fmt: skip


def buy(plan: Plan) -> None:
    """Once: it does nothing where anybody bought something already. Sandboxes buy nothing."""
    if PurchaseLine.objects.exists():
        return
    begins = date(plan.now.year - 1, 1, 1)
    slugs = {member.slug for member in plan.members}
    members = list(Practice.objects.filter(slug__in=slugs).order_by("slug"))
    with audit.asking(audit.Asker.operator("seed_demo")):
        rows = [row for member in members for row in _bought(plan, member, begins)]
        insert_rows(PurchaseLine, _COLUMNS, rows, now=plan.now)
        for quarter in _quarters(begins, plan.now.date()):
            _settle(quarter, plan.now)
        accrue_since(begins, now=plan.now)
        _receive(begins.year)
    # Of three, among them the one that the demo's people work at: so many that the network is shown what they call it.
    for place, member in enumerate(plan.members[:_BRING_FILES]):
        _bring_a_file(plan, next(one for one in members if one.slug == member.slug), first_invoice=90_417 + 6 * place)


@dataclass(frozen=True, slots=True)
class _Sold:
    row: Row
    item: Item
    catalog: int

    def each(self, quantity: int) -> int:
        """What one unit costs a member, in cents."""
        _, price = max((step for step in self.row.prices if step[0] <= quantity), key=lambda step: step[0])
        return price if isinstance(price, int) else less(self.catalog, Decimal(price)) or self.catalog


def _sold(wares: Wares) -> list[_Sold]:
    items = {item.sku: item for item in Item.objects.filter(vendor__name=wares.vendor)}
    return [_Sold(row, items[row.sku], int(Decimal(row.catalog) * 100)) for row in wares.rows]


def _bought(plan: Plan, member: Practice, begins: date) -> Iterator[tuple[Any, ...]]:
    scale = _SIZE.get(SizeBand(member.size_band), 1.0) if member.size_band else 1.0
    for wares in (LUMIVANE, HALCYON, NORTHLIGHT, CEDAR):
        chance = stream(plan.seed, "buys", member.slug, wares.vendor)
        sold = _sold(wares)
        habit = scale * chance.uniform(0.7, 1.35)
        most, orders = _ORDERS[wares.vendor]
        month = max(begins, member.joined_on.replace(day=1))
        number = chance.randint(10_000, 60_000)
        while month <= plan.now.date():
            for _ in range(orders):
                day = month + timedelta(days=chance.randint(0, 27))
                number += chance.randint(3, 40)
                if max(begins, member.joined_on) <= day < plan.now.date():
                    yield from _invoice(chance, member, sold, f"{wares.number}-{number}", day, habit * most)
            month = (month + timedelta(days=32)).replace(day=1)


def _invoice(
    chance: Random, member: Practice, sold: list[_Sold], invoice: str, day: date, most: float
) -> Iterator[tuple[Any, ...]]:
    for line, one in enumerate(chance.sample(sold, chance.randint(2, len(sold))), 1):
        quantity = max(1, round(most * chance.uniform(0.15, 1)))
        # Now and then a box comes back.
        units = -1 if chance.random() < 0.02 else quantity
        # And now and then the vendor charges what anybody pays.
        each = one.catalog if chance.random() < 0.008 else one.each(quantity)
        yield (
            uuid7(), member.pk, one.item.vendor_id, invoice, str(line), day, one.row.sku, one.row.name,
            Decimal(units), one.row.unit, each * units, one.item.pk, Decimal(units),
        )  # fmt: skip


def _quarters(begins: date, today: date) -> Iterator[Period]:
    """Those that are over."""
    quarter = quarter_of(begins)
    while quarter.last < today:
        yield quarter
        quarter = quarter_of(quarter.last + timedelta(days=1))


def _settle(quarter: Period, now: datetime) -> None:
    """The network claims what was earned, vendors pay, members get their statements; each when it was time to."""
    claimed_at = _at(quarter.last + _CLAIMED_AFTER)
    if claimed_at > now:
        return
    accrue_since(quarter.first, now=claimed_at)
    for waiting in to_claim(claimed_at.date()):
        prepared = prepare_claim(contract=waiting.contract, last=waiting.last, now=claimed_at)
        claim = send_claim(
            contract_id=waiting.contract.pk,
            last=waiting.last,
            total_seen=prepared.total.minor,
            by_name=NORA,
            now=claimed_at,
        )
        # Mailed then: no vendor's mailbox is filled with the past.
        ClaimDelivery.objects.create(
            claim=claim, way=Way.MAIL, to=waiting.contract.vendor.email, state=DeliveryState.SENT, by=NORA,
            reply_to="nora@example.com", day=claimed_at.date(),
        )  # fmt: skip
    stated_at = _at(quarter.last + _STATED_AFTER)
    if stated_at <= now and (drafted := prepare_statements(quarter=quarter, now=stated_at)):
        approve(quarter=quarter, payout_seen=sum(one.payout for one in drafted), by_name=NORA, now=stated_at)
        # They were told then: nobody's mailbox is filled with the past.
        StatementMail.objects.filter(sent_at__isnull=True).update(sent_at=stated_at)
    paid_at = _at(quarter.last + _PAID_AFTER)
    if paid_at <= now:
        for claim in Claim.objects.filter(last=quarter.last, minor__gt=0).select_related("contract__vendor"):
            # One of them pays late, and not all of it.
            part = claim.minor * 97 // 100 if claim.contract.vendor.name == NORTHLIGHT.vendor else claim.minor
            record_payment(
                claim_id=claim.pk,
                minor=part,
                day=paid_at.date(),
                reference=f"ACH {claim.last:%y%m}-{claim.number}",
                by_name=NORA,
                now=paid_at,
            )


def _receive(year: int) -> None:
    """The fees of last year, as the contracts state them."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    for contract in Contract.objects.filter(signed_on__isnull=False).exclude(fee=Fee.NONE):
        bought = sum(
            PurchaseLine.objects.filter(
                vendor=contract.vendor_id, day__range=(first, last), is_freight=False
            ).values_list("amount_minor", flat=True)
        )
        minor = contract.fee_minor if contract.fee_rate is None else int(contract.fee_rate * bought)
        if minor and bought > 0:
            record_receipt(
                contract_id=contract.pk,
                first=first,
                last=last,
                minor=minor,
                received_on=date(year + 1, 2, 10),
                today=date(year + 1, 2, 10),
            )


def _bring_a_file(plan: Plan, member: Practice, *, first_invoice: int) -> None:
    """A file as a practice brings it: with a name that no catalog has, and a row that cannot be read."""
    day = plan.now.date() - timedelta(days=3)
    rows = (
        "Invoice number,Invoice date,SKU,Description,Quantity,Unit,Amount",
        f"LMV-{first_invoice},{day},LMV-100,Lumivane 100 U,2,vial,824.00",
        f"LMV-{first_invoice},{day},,Lumivane starter set,1,set,310.00",
        f"LMV-{first_invoice},{day},LMV-SOFT,Lumivane Soft 1 mL,4,syringe,1194.00",
        f"LMV-{first_invoice + 1},soon,LMV-FINE,Lumivane Fine 1 mL,1,syringe,293.70",
        "",
    )
    vendor = Vendor.objects.get(name=LUMIVANE.vendor)
    with practice_scope(member.ref), audit.asking(audit.Asker.operator("seed_demo")):
        of = upload(
            name="lumivane-november.csv", chunks=["\n".join(rows).encode()], vendor_id=vendor.pk, by_person_id=None
        )
        choose_columns(file_id=of.pk, mapping=of.mapping, date_order="mdy")
        run(file_id=of.pk, now=plan.now)
    with audit.asking(audit.Asker.operator("seed_demo")):
        accrue_since(day, member_id=member.pk, now=plan.now)


def _at(day: date) -> datetime:
    return datetime.combine(day, time(17), tzinfo=UTC)
