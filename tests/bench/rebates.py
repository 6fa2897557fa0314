"""Working a quarter of one member out anew, with ten thousand lines of invoices: its tier, and each line's share."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

from billing.purchasing.models import (
    Accrual,
    Contract,
    Item,
    ProgramTier,
    ProgramVersion,
    PurchaseLine,
    RebateProgram,
    Vendor,
)
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.explain import shares_of
from core.copying import insert_rows
from core.ids import uuid7
from core.tenancy.scope import PracticeRef
from tests.bench.measure import Bench, Measure
from tests.bench.readings import Readings
from tests.bench.table import Budget, Of, Row

LINES, TIMES = 10_000, 7
QUARTER = date(2026, 7, 1)
TIERS = ((0, "0.0137"), (500_000_00, "0.02"), (1_000_000_00, "0.0333"))
_COLUMNS = (
    "id", "practice_id", "vendor_id", "invoice", "line", "day", "quantity", "amount_minor", "item_id", "units",
)  # fmt: skip


class NotAllShared(Exception):
    """The shares do not come to what was earned, so the time says nothing."""


class Rebates(Measure):
    name = "rebates"

    def rows(self, bench: Bench) -> list[Row]:
        member = bench.network.open_apart("rebates")
        program = _bought(member, bench)
        whole, shared, plain = Readings(), Readings(), Readings()
        for _ in range(TIMES):
            whole.take(lambda: accrue_since(QUARTER, member_id=member.id, now=bench.network.now))
            accrual = Accrual.objects.select_related("program__contract").get(program=program, first=QUARTER)
            shared.take(lambda accrual=accrual: _check(accrual, shares_of(accrual)))
            plain.take(_read(program))
        return [
            Row(
                work=f"work a quarter out anew, {LINES:,} lines, and share it out to each",
                unit="ms",
                ours=(whole.median + shared.median) * 1_000,
                usual=plain.median * 1_000,
                ours_least=(whole.least + shared.least) * 1_000,
                usual_least=plain.least * 1_000,
                budget=Budget(of=Of.OURS, limit=300, decides=False),
                note="beside it: reading the same lines by the ORM",
            )
        ]


def _bought(member: PracticeRef, bench: Bench) -> RebateProgram:
    vendor = Vendor.objects.create(name="The bench’s vendor")
    item = Item.objects.create(vendor=vendor, name="Item", sku="I-1", unit="piece")
    contract = Contract.objects.create(
        vendor=vendor, number="B-1", name="Bench", begins_on=date(2026, 1, 1), fee="none",
        signed_on=date(2026, 1, 1), signed_by="One", signed_for_vendor_by="Other",
    )  # fmt: skip
    program = RebateProgram.objects.create(contract=contract, name="Quarterly")
    version = ProgramVersion.objects.create(
        program=program, number=1, from_day=date(2026, 1, 1), every="quarter", measured="volume", way="flat"
    )
    for place, (at, rate) in enumerate(TIERS):
        ProgramTier.objects.create(version=version, place=place, at=Decimal(at), rate=Decimal(rate))
    chance = Random(7)
    rows: list[tuple[Any, ...]] = [
        (
            uuid7(), member.id, vendor.pk, f"INV-{number // 8}", str(number % 8), QUARTER, Decimal(1),
            chance.randint(-2_000, 60_000), item.pk, Decimal(1),
        )
        for number in range(LINES)
    ]  # fmt: skip
    insert_rows(PurchaseLine, _COLUMNS, rows, now=bench.network.now)
    return program


def _read(program: RebateProgram) -> Callable[[], object]:
    vendor_id = program.contract.vendor_id
    return lambda: list(PurchaseLine.objects.filter(vendor=vendor_id))


def _check(accrual: Accrual, shares: dict[Any, int]) -> None:
    if sum(shares.values()) != accrual.cents or len(shares) != LINES:
        raise NotAllShared
