"""Four invented vendors with catalogs, contracts, prices for members and rebates. None of them exists."""

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from django.db import transaction

from billing.purchasing.catalog.take_in import take_in_catalog
from billing.purchasing.contracts.draft import draft_contract
from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.models import Contract, Item, Vendor
from billing.purchasing.offers.keep_offer import GivenPrice, add_offer
from billing.purchasing.programs.terms import GivenTier, Terms
from billing.purchasing.programs.write_version import start_program
from billing.purchasing.vendors.keep_vendor import add_vendor
from core import audit
from infra.seeds.plan import Plan
from infra.seeds.wares import CEDAR, HALCYON, HEADER, LUMIVANE, NORTHLIGHT, Wares

_DOLLAR = 100


class _Fee(NamedTuple):
    fee: str
    fee_rate: Decimal | None = None
    fee_minor: int | None = None


def open_buying(plan: Plan) -> None:
    """Once: it does nothing where a vendor is here already. Contracts hold from the January of last year on."""
    if Vendor.objects.exists():
        return
    today = plan.now.date()
    begins = date(today.year - 1, 1, 1)
    # All or nothing: a run that was killed half-way finds no vendor, and begins anew.
    with audit.asking(audit.Asker.operator("seed_demo")), transaction.atomic():
        lumivane = _contract(LUMIVANE, begins, _Fee("percent", fee_rate=Decimal("0.015")), today)
        _program(lumivane, "Quarterly volume", Terms(
            begins, "quarter", "volume", "flat",
            _tiers((5_000 * _DOLLAR, "0.01"), (10_000 * _DOLLAR, "0.02"), (15_000 * _DOLLAR, "0.03")),
        ))  # fmt: skip
        _program(lumivane, "Growth over last year", Terms(
            begins, "year", "growth", "flat", _tiers(("1.05", "0.005"), ("1.15", "0.01")), cap=5_000 * _DOLLAR,
        ))  # fmt: skip
        halcyon = _contract(HALCYON, begins, _Fee("percent", fee_rate=Decimal("0.02")), today)
        _program(halcyon, "Quarterly volume", Terms(
            begins, "quarter", "volume", "marginal",
            _tiers((0, "0.01"), (2_500 * _DOLLAR, "0.025"), (5_000 * _DOLLAR, "0.04")),
        ))  # fmt: skip
        northlight = _contract(NORTHLIGHT, begins, _Fee("amount", fee_minor=12_000 * _DOLLAR), today)
        _program(northlight, "Group volume", Terms(
            begins, "year", "group", "flat",
            _tiers((250_000 * _DOLLAR, "0.01"), (500_000 * _DOLLAR, "0.02"), (1_000_000 * _DOLLAR, "0.03")),
        ))  # fmt: skip
        _contract(CEDAR, begins, _Fee("none"), today)
        _draft_of_next_year(lumivane.vendor, today)


def _contract(wares: Wares, begins: date, fee: _Fee, today: date) -> Contract:
    vendor = add_vendor(name=wares.vendor, contact_name=wares.contact, email=wares.email)
    table = "\n".join([HEADER, *(row.csv for row in wares.rows)])
    take_in_catalog(vendor_id=vendor.pk, chunks=[table.encode()], from_day=begins)
    contract = draft_contract(
        vendor_id=vendor.pk,
        number=f"{wares.number}-{begins.year}",
        name=wares.about,
        currency="USD",
        begins_on=begins,
        ends_on=None,
        **fee._asdict(),
    )
    items = {item.sku: item for item in Item.objects.filter(vendor=vendor)}
    for row in wares.rows:
        add_offer(
            contract_id=contract.pk,
            item_id=items[row.sku].pk,
            kind=row.kind,
            begins_on=begins,
            ends_on=None,
            prices=[
                GivenPrice(quantity, off=Decimal(price))
                if isinstance(price, str)
                else GivenPrice(quantity, minor=price)
                for quantity, price in row.prices
            ],
        )
    return sign_contract(
        contract_id=contract.pk,
        signed_on=begins,
        signed_by="Nora Brandt",
        signed_for_vendor_by=wares.contact,
        fee_is_stated=True,
        today=today,
    )


def _program(contract: Contract, name: str, terms: Terms) -> None:
    start_program(contract_id=contract.pk, name=name, terms=terms)


def _tiers(*pairs: tuple[int | str, str]) -> tuple[GivenTier, ...]:
    return tuple(GivenTier(Decimal(at), Decimal(rate)) for at, rate in pairs)


def _draft_of_next_year(vendor: Vendor, today: date) -> None:
    draft_contract(
        vendor_id=vendor.pk,
        number=f"LMV-RETAIL-{today.year + 1}",
        name="Retail skincare",
        currency="USD",
        begins_on=date(today.year + 1, 1, 1),
        ends_on=date(today.year + 1, 12, 31),
        fee="percent",
        fee_rate=Decimal("0.01"),
        fee_minor=None,
    )
