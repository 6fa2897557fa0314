"""What members pay, beside what anybody pays; the contract behind it, its fee, and what it pays back."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from billing.purchasing.catalog.keep_item import set_catalog_price
from billing.purchasing.models import Offer, OfferPrice
from tests.billing.purchasing import selling


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def contract(db):
    return selling.contract(selling.vendor(), fee="percent", fee_rate=Decimal("0.015"))


def offer(contract, sku="LX-100", *, begins_on=date(2026, 1, 1), ends_on=None, prices=((1, 52_000, None),), **fields):
    item = selling.item(contract.vendor, sku, **fields)
    set_catalog_price(item_id=item.pk, minor=60_000, from_day=date(2025, 1, 1))
    made = Offer.objects.create(contract=contract, item=item, kind="fixed", begins_on=begins_on, ends_on=ends_on)
    OfferPrice.objects.bulk_create(
        OfferPrice(offer=made, from_quantity=quantity, minor=minor, off=off) for quantity, minor, off in prices
    )
    return made


def test_the_price_stands_beside_the_catalogs_with_what_is_saved(olivia, contract, words):
    offer(contract, name="Lumen 100 U")
    offer(contract, "GZ", name="Gauze", prices=[(1, None, Decimal("0.125")), (10, None, Decimal("0.2"))])
    page = words(olivia.get("/offers/"))
    assert "Lumen 100 U" in page
    assert "$520.00" in page
    assert "$600.00" in page
    assert "$80.00 13%" in page
    assert "$525.00 12.5% off" in page
    assert "$480.00 from 10" in page
    assert "The network receives 1.5% of what you buy, from the vendor." in page


def test_offers_are_found_by_item_maker_number_and_vendor(olivia, contract, words):
    offer(contract, name="Lumen 100 U", manufacturer="Lumen Labs", ndc="00023114501")
    offer(selling.contract(selling.vendor("Cedar Supply"), "C-9"), "GZ", name="Gauze")

    def found(text):
        page = words(olivia.get("/offers/", {"q": text}))
        return [name for name in ("Lumen 100 U", "Gauze") if f"{name} " in page]

    assert found("lumen 100") == found("labs") == found("lx-") == found("0023-1145") == ["Lumen 100 U"]
    assert found("cedar") == ["Gauze"]
    assert "No offer found" in words(olivia.get("/offers/?q=nothing"))


def test_what_does_not_hold_today_is_not_on_offer(olivia, contract, words):
    today = timezone.localdate()
    offer(contract, "A", name="Not begun", begins_on=today + timedelta(days=1))
    offer(contract, "B", name="Ended before", ends_on=today - timedelta(days=1))
    offer(contract, "C", name="Last day today", ends_on=today)
    over = selling.contract(contract.vendor, "C-2", ends_on=today - timedelta(days=1))
    offer(over, "D", name="Of a contract that is over")
    page = words(olivia.get("/offers/"))
    assert "1 offer" in page
    assert "Last day today" in page


def test_the_contract_says_its_fee_and_what_it_pays_back_in_words(olivia, contract, words):
    offer(contract, name="Lumen 100 U")
    program = selling.program(contract)
    selling.version(program)
    later = timezone.localdate().replace(month=1, day=1)
    selling.version(program, 2, from_day=later.replace(year=later.year + 1), tiers=[("5000000", "0.04")])
    page = words(olivia.get(f"/offers/{contract.pk}/"))
    assert "The network receives 1.5% of what you buy, from the vendor." in page
    assert "From $100,000.00: 2% of everything that counts." in page
    assert "it says something else:" in page
    assert "From $50,000.00: 4% of everything that counts." in page


def test_a_draft_is_not_found_nor_anything_that_hangs_on_it(olivia, words):
    draft = selling.contract(selling.vendor(), signed=False, name="Secret talks")
    offer(draft, name="Lumen 100 U")
    page = words(olivia.get("/offers/"))
    assert "No offer yet" in page
    assert "Secret talks" not in page
    assert olivia.get(f"/offers/{draft.pk}/").status_code == 404


def test_many_offers_come_in_pages_and_take_as_many_statements(olivia, contract, words):
    def statements():
        with CaptureQueriesContext(connection) as asked:
            olivia.get("/offers/")
        return len(asked)

    offer(contract, "A0")
    olivia.get("/offers/")
    few = statements()
    for number in range(1, 30):
        offer(contract, f"A{number}")
    assert statements() == few
    assert "1 to 25 of 30" in words(olivia.get("/offers/"))
    assert "26 to 30 of 30" in words(olivia.get("/offers/?from=25"))
