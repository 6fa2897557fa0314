from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from billing.purchasing.catalog.keep_item import set_catalog_price
from billing.purchasing.models import Offer, OfferPrice
from billing.purchasing.offers.keep_offer import GivenPrice, add_offer, end_offer, remove_offer
from billing.purchasing.offers.price import steps
from core.errors import Conflict, DomainError, NotFound
from tests.billing.purchasing import selling

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 23)
JANUARY, YEAR_END = date(2026, 1, 1), date(2026, 12, 31)
FIXED = [GivenPrice(minor=52_000)]


@pytest.fixture
def contract(db):
    return selling.contract(selling.vendor(), ends_on=YEAR_END)


@pytest.fixture
def item(contract):
    item = selling.item(contract.vendor)
    set_catalog_price(item_id=item.pk, minor=60_000, from_day=date(2025, 1, 1))
    return item


def add(contract, item, *, kind="fixed", begins_on=JANUARY, ends_on=None, prices=FIXED):
    return add_offer(
        contract_id=contract.pk, item_id=item.pk, kind=kind, begins_on=begins_on, ends_on=ends_on, prices=prices
    )


def breaks(*pairs):
    return [GivenPrice(quantity, minor=minor) for quantity, minor in pairs]


def test_an_offer_without_a_last_day_ends_with_its_contract(contract, item):
    offer = add(contract, item)
    assert (offer.begins_on, offer.ends_on) == (JANUARY, YEAR_END)


@pytest.mark.parametrize(
    ("kind", "prices", "found"),
    [
        ("fixed", FIXED, [(1, 52_000)]),
        ("percent", [GivenPrice(off=Decimal("0.125"))], [(1, 52_500)]),
        ("volume", breaks((1, 55_000), (10, 50_000)), [(1, 55_000), (10, 50_000)]),
        ("volume", breaks((10, 50_000)), [(10, 50_000)]),
        (
            "volume",
            [GivenPrice(1, off=Decimal("0.05")), GivenPrice(20, off=Decimal("0.333333"))],
            [(1, 57_000), (20, 40_000)],
        ),
    ],
)
def test_what_one_unit_costs_by_how_many_are_bought(contract, item, kind, prices, found):
    offer = add(contract, item, kind=kind, prices=prices)
    assert [(one.quantity, one.minor) for one in steps(offer.prices.all(), catalog_minor=60_000)] == found


def test_a_percentage_without_a_catalog_price_is_no_price_yet(contract):
    offer = add(contract, selling.item(contract.vendor, "NEW"), kind="percent", prices=[GivenPrice(off=Decimal("0.1"))])
    (step,) = steps(offer.prices.all(), catalog_minor=None)
    assert (step.minor, step.off) == (None, Decimal("0.1"))


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"kind": "gift"}, "offer_kind_unknown", "kind"),
        ({"prices": []}, "price_missing", "prices"),
        ({"prices": [GivenPrice()]}, "price_two_ways", "prices"),
        ({"prices": [GivenPrice(minor=5, off=Decimal("0.1"))]}, "price_two_ways", "prices"),
        ({"prices": [GivenPrice(minor=0)]}, "price_none", "prices"),
        ({"kind": "percent", "prices": [GivenPrice(off=Decimal(1))]}, "off_impossible", "prices"),
        ({"prices": [GivenPrice(off=Decimal("0.1"))]}, "price_of_another_kind", "prices"),
        ({"kind": "percent"}, "price_of_another_kind", "prices"),
        ({"prices": breaks((1, 5), (2, 4))}, "price_not_one", "prices"),
        ({"prices": [GivenPrice(5, minor=5)]}, "price_not_one", "prices"),
        ({"kind": "volume"}, "breaks_missing", "prices"),
        ({"kind": "volume", "prices": breaks((5, 9), (5, 8))}, "breaks_out_of_order", "prices"),
        ({"kind": "volume", "prices": breaks((1, 9), (5, 9))}, "breaks_rise", "prices"),
        (
            {"kind": "volume", "prices": [GivenPrice(1, minor=9), GivenPrice(5, off=Decimal("0.1"))]},
            "breaks_mixed",
            "prices",
        ),
        ({"kind": "volume", "prices": breaks((0, 9), (5, 8))}, "breaks_from_one", "prices"),
        ({"prices": [GivenPrice(minor=60_001)]}, "price_above_catalog", "prices"),
        ({"begins_on": date(2024, 12, 31)}, "outside_the_contract", "begins_on"),
        ({"ends_on": date(2027, 1, 1)}, "outside_the_contract", "ends_on"),
        ({"ends_on": date(2025, 12, 31)}, "ends_before_it_begins", "ends_on"),
    ],
)
def test_what_is_no_offer_is_told_by_its_field(contract, item, change, code, field):
    with pytest.raises(DomainError) as refused:
        add(contract, item, **change)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert not Offer.objects.exists()


def test_an_item_of_another_vendor_is_not_found(contract):
    with pytest.raises(NotFound):
        add(contract, selling.item(selling.vendor("Other")))


def test_two_offers_on_one_item_share_no_day(contract, item):
    add(contract, item, ends_on=date(2026, 6, 30))
    with pytest.raises(Conflict, match="a part of these days"):
        add(contract, item, begins_on=date(2026, 6, 30))
    add(contract, item, begins_on=date(2026, 7, 1))
    add(contract, selling.item(contract.vendor, "B"))
    assert Offer.objects.count() == 3


def test_offers_of_two_contracts_share_no_day_either(contract, item):
    add(contract, item)
    other = selling.contract(contract.vendor, "C-2")
    with pytest.raises(Conflict, match="a part of these days"):
        add(other, item, begins_on=YEAR_END)
    add(other, item, begins_on=date(2027, 1, 1))


def test_the_database_keeps_them_apart_by_itself(contract, item):
    add(contract, item)
    with pytest.raises(IntegrityError, match="offer_days_apart"), transaction.atomic():
        Offer.objects.create(contract=contract, item=item, kind="fixed", begins_on=date(2026, 8, 1))


def test_it_ends_today_or_later_and_never_in_the_past(contract, item):
    offer = add(contract, item)
    with pytest.raises(DomainError, match="may have bought at this price"):
        end_offer(offer_id=offer.pk, ends_on=date(2026, 11, 22), today=TODAY)
    end_offer(offer_id=offer.pk, ends_on=TODAY, today=TODAY)
    with pytest.raises(DomainError, match="ends earlier already"):
        end_offer(offer_id=offer.pk, ends_on=date(2026, 11, 24), today=TODAY)
    offer.refresh_from_db()
    assert offer.ends_on == TODAY


def test_one_that_members_could_buy_by_is_not_taken_out(contract, item):
    offer = add(contract, item)
    with pytest.raises(Conflict, match="Members can buy"):
        remove_offer(offer_id=offer.pk, today=TODAY)
    later = add(contract, selling.item(contract.vendor, "B"), begins_on=date(2026, 12, 1))
    remove_offer(offer_id=later.pk, today=TODAY)
    assert Offer.objects.get() == offer


def test_under_an_unsigned_contract_it_is_taken_out_at_any_time(item):
    unsigned = selling.contract(item.vendor, "C-3", signed=False)
    remove_offer(offer_id=add(unsigned, item).pk, today=TODAY)
    assert not Offer.objects.exists()


@pytest.mark.parametrize("price", [{}, {"minor": 5, "off": Decimal("0.1")}, {"minor": 0}, {"off": Decimal(1)}])
def test_the_database_wants_one_price_given_one_way(contract, item, price):
    offer = add(contract, item)
    with pytest.raises(IntegrityError, match="offer_price_one_way"), transaction.atomic():
        OfferPrice.objects.create(offer=offer, from_quantity=5, **price)
