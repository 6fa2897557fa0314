"""A vendor, its catalog, a signed contract, and files of invoice lines that Aurora brings."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from billing.purchasing.models import (
    CatalogPrice,
    Contract,
    Item,
    ItemUnit,
    ProgramItem,
    ProgramTier,
    ProgramVersion,
    RebateProgram,
    Vendor,
)
from billing.receiving.choose_columns import choose_columns
from billing.receiving.models import PurchaseFile
from billing.receiving.run import run
from billing.receiving.upload import upload
from core.tenancy.scope import PracticeRef, practice_scope

THIS_YEAR = date(2026, 1, 1)


@dataclass(frozen=True, slots=True)
class Deal:
    """What Bluebell sells to members, on a contract that began with the year."""

    vendor: Vendor
    contract: Contract
    filler: Item
    toxin: Item


@pytest.fixture
def deal(db: None) -> Deal:
    vendor = Vendor.objects.create(name="Bluebell Supply")
    filler = Item.objects.create(
        vendor=vendor, name="Silk filler 1 ml", sku="SF-100", unit="syringe", ndc="00023114501"
    )
    toxin = Item.objects.create(vendor=vendor, name="Still toxin 100 U", sku="ST-200", unit="vial")
    ItemUnit.objects.create(item=toxin, name="case", holds=10)
    for item, minor in ((filler, 40_000), (toxin, 60_000)):
        CatalogPrice.objects.create(item=item, from_day=date(2025, 1, 1), minor=minor)
    contract = Contract.objects.create(
        vendor=vendor,
        number="BB-2026",
        name="Bluebell 2026",
        begins_on=THIS_YEAR,
        fee="percent",
        fee_rate=Decimal("0.015"),
        signed_on=date(2025, 12, 12),
        signed_by="Nora Network",
        signed_for_vendor_by="Vera Vendor",
    )
    return Deal(vendor, contract, filler, toxin)


MakeProgram = Callable[..., RebateProgram]


@pytest.fixture
def make_program(deal: Deal) -> MakeProgram:
    """make_program(tiers=[(1000_00, "0.01"), …]): two percent and four of a quarter, if nothing else is said."""

    def made(
        *,
        name: str = "Quarterly",
        tiers: tuple[tuple[Any, str], ...] = ((100_000, "0.02"), (1_000_000, "0.04")),
        every: str = "quarter",
        measured: str = "volume",
        way: str = "flat",
        covers: str = "catalog",
        cap: int | None = None,
        items: tuple[Item, ...] = (),
        from_day: date = THIS_YEAR,
        counted: str = "money",
        pays: str = "share",
    ) -> RebateProgram:
        program = RebateProgram.objects.create(contract=deal.contract, name=name)
        version = ProgramVersion.objects.create(
            program=program,
            number=1,
            from_day=from_day,
            every=every,
            measured=measured,
            way=way,
            covers=covers,
            cap_minor=cap,
            counted=counted,
            pays=pays,
            unit="unit" if counted == "units" or pays == "each" else "",
        )
        column = "rate" if pays == "share" else "sum"
        for place, (at, rate) in enumerate(tiers):
            ProgramTier.objects.create(version=version, place=place, at=Decimal(at), **{column: Decimal(rate)})
        for item in items:
            ProgramItem.objects.create(version=version, item=item)
        return program

    return made


HEADER = "Invoice,Line,Date,SKU,Description,Qty,UOM,Amount,Type"
Bring = Callable[..., PurchaseFile]


@pytest.fixture
def bring(deal: Deal, aurora: PracticeRef, now: datetime) -> Bring:
    """bring("A-1,1,2026-10-05,SF-100,,2,,800.00,", …): a file of these rows is uploaded and read, by Aurora or `by`."""

    def brought(*rows: str, header: str = HEADER, by: PracticeRef = aurora, run_it: bool = True) -> PurchaseFile:
        with practice_scope(by):
            content = "\n".join([header, *rows, ""]).encode()
            of = upload(name="invoices.csv", chunks=[content], vendor_id=deal.vendor.id, by_person_id=None)
            choose_columns(file_id=of.id, mapping=of.mapping, date_order="mdy")
            if run_it:
                run(file_id=of.id, now=now)
            of.refresh_from_db()
        return of

    return brought
