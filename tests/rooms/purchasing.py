"""The buying group: vendors, catalogs, contracts, offers and programs at the network; offers in a practice."""

import secrets
from datetime import date, datetime, timedelta
from decimal import Decimal

from billing.purchasing.catalog.keep_item import add_item
from billing.purchasing.contracts.draft import draft_contract
from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.models import ItemName
from billing.purchasing.offers.keep_offer import GivenPrice, add_offer
from billing.purchasing.programs.terms import GivenTier, Terms
from billing.purchasing.programs.write_version import start_program
from billing.purchasing.vendors.keep_vendor import add_vendor
from core.tenancy.scope import control_plane
from tests.permissions.roles import ADMIN, LEADERS, NETWORK
from tests.rooms.room import Ids, Room


def records(_ids: Ids, now: datetime) -> Ids:
    """A vendor with an item, a signed contract, an offer on it and a program; these are made for several practices."""
    own, today = secrets.token_hex(4), now.date()
    january = date(today.year, 1, 1)
    with control_plane():
        vendor = add_vendor(name=f"Lumen {own}", email="claims@lumen.example")
        item = add_item(
            vendor_id=vendor.pk, sku="LX-100", name="Lumen 100 U", unit="vial", price_minor=60_000, from_day=january
        )
        contract = draft_contract(
            vendor_id=vendor.pk,
            number=own,
            name="Injectables",
            currency="USD",
            begins_on=january,
            ends_on=None,
            fee="percent",
            fee_rate=Decimal("0.015"),
            fee_minor=None,
        )
        name = ItemName.objects.create(vendor=vendor, key=own, item=item)
        offer = add_offer(
            contract_id=contract.pk,
            item_id=item.pk,
            kind="fixed",
            begins_on=today + timedelta(days=30),
            ends_on=None,
            prices=[GivenPrice(minor=52_000)],
        )
        terms = Terms(january, "quarter", "volume", "flat", (GivenTier(Decimal(1_000_000), Decimal("0.01")),))
        program = start_program(contract_id=contract.pk, name="Volume rebate", terms=terms)
        sign_contract(
            contract_id=contract.pk,
            signed_on=today,
            signed_by="Nora Nolan",
            signed_for_vendor_by="Vera Vance",
            fee_is_stated=True,
            today=today,
        )
    return {
        "vendor_id": vendor.pk,
        "item_id": item.pk,
        "contract_id": contract.pk,
        "name_id": name.pk,
        "offer_id": offer.pk,
        "rebate_program_id": program.pk,
    }


ROOM = Room(
    practice={"offers": LEADERS, "offer-contract": LEADERS},
    network={
        "vendors": NETWORK,
        "vendor-new": ADMIN,
        "vendor": NETWORK,
        "vendor-change": ADMIN,
        "catalog": NETWORK,
        "unmatched-lines": ADMIN,
        "item-word-removal": ADMIN,
        "item-new": ADMIN,
        "catalog-file": ADMIN,
        "item": ADMIN,
        "item-price": ADMIN,
        "contracts": NETWORK,
        "contract": NETWORK,
        "contract-new": ADMIN,
        "contract-change": ADMIN,
        "contract-signature": ADMIN,
        "contract-end": ADMIN,
        "offer-new": ADMIN,
        "offer-end": ADMIN,
        "offer-removal": ADMIN,
        "rebate-program-new": ADMIN,
        "rebate-program": NETWORK,
        "rebate-program-version": ADMIN,
    },
    records=records,
)
