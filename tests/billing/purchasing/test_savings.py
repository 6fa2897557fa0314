"""What a member saved against the catalog, what it earned and was paid, and what it should call about."""

from datetime import date
from decimal import Decimal

import pytest

from billing.purchasing.accrual import Period
from billing.purchasing.models import CatalogPrice, Offer, OfferPrice
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.overcharged import overcharged
from billing.purchasing.rebates.savings import same_days_before, savings
from core.tenancy.scope import practice_scope

FOURTH = Period(date(2026, 10, 1), date(2026, 12, 31))


@pytest.fixture
def mine(aurora):
    def found(days=FOURTH):
        with practice_scope(aurora):
            return savings(practice_id=aurora.id, days=days)

    return found


@pytest.fixture
def over(aurora):
    def found(days=FOURTH):
        with practice_scope(aurora):
            return [
                (one.line.invoice, one.agreed, one.too_much.minor)
                for one in overcharged(practice_id=aurora.id, days=days)
            ]

    return found


def test_what_was_saved_is_the_catalog_price_of_that_day_less_what_was_paid(bring, mine, deal):
    CatalogPrice.objects.create(item=deal.filler, from_day=date(2026, 11, 1), minor=50_000)
    bring(
        "A-1,,2026-10-31,SF-100,,2,,700,",
        "A-2,,2026-11-01,SF-100,,2,,700,",
        "A-3,,2026-11-02,ST-200,,1,case,5400,",
        "A-4,,2026-11-02,WHO,,1,,33,",
        "A-5,,2026-11-02,SF-100,,1,pallet,10,",
        "A-6,,2026-11-02,,Freight,1,,25,",
        "A-7,,2026-09-30,SF-100,,1,,1,",
    )
    (one,) = mine()
    assert one.spent == 70_000 + 70_000 + 540_000 + 3_300 + 1_000
    assert one.saved == (80_000 - 70_000) + (100_000 - 70_000) + (600_000 - 540_000)


def test_a_return_gives_its_saving_back(bring, mine):
    bring("A-1,,2026-10-31,SF-100,,2,,700,", "A-2,,2026-11-01,SF-100,,-1,,-350,")
    assert mine()[0].saved == 5_000


def test_what_was_earned_so_far_stands_beside_it(bring, mine, make_program, now):
    make_program()
    bring("A-1,,2026-10-31,SF-100,,5,,1500,")
    accrue_since(date(2026, 10, 1), now=now)
    (one,) = mine()
    assert (one.name, one.earned, one.paid) == ("Bluebell Supply", 3_000, 0)


def test_others_purchases_are_not_in_it(bring, mine, borealis):
    bring("A-1,,2026-10-31,SF-100,,2,,700,", by=borealis)
    assert mine() == []


@pytest.mark.parametrize(
    ("days", "before"),
    [
        (Period(date(2026, 10, 1), date(2026, 11, 22)), Period(date(2026, 7, 1), date(2026, 8, 22))),
        (Period(date(2026, 1, 1), date(2026, 1, 1)), Period(date(2025, 10, 1), date(2025, 10, 1))),
        (Period(date(2026, 4, 1), date(2026, 6, 30)), Period(date(2026, 1, 1), date(2026, 3, 31))),
    ],
)
def test_it_compares_with_as_many_days_of_the_quarter_before(days, before):
    assert same_days_before(days) == before


def offer(deal, *, item=None, kind="fixed", ends_on=None, **prices):
    made = Offer.objects.create(
        contract=deal.contract, item=item or deal.filler, kind=kind, begins_on=date(2026, 1, 1), ends_on=ends_on
    )
    for quantity, price in prices.items():
        OfferPrice.objects.create(offer=made, from_quantity=int(quantity[1:]), **price)


def test_a_line_above_the_agreed_price_is_worth_a_call(bring, over, deal):
    offer(deal, kind="volume", q1={"minor": 35_000}, q10={"minor": 30_000})
    bring(
        "A-1,,2026-10-31,SF-100,,2,,700.99,",
        "A-2,,2026-10-31,SF-100,,2,,701,",
        "A-3,,2026-10-31,SF-100,,10,,3500,",
        "A-4,,2026-10-31,SF-100,,9,,3150,",
    )
    assert over() == [("A-3", 300_000, 50_000), ("A-2", 70_000, 100)]


def test_a_percentage_is_off_the_catalog_price_of_that_day(bring, over, deal):
    offer(deal, kind="percent", q1={"off": Decimal("0.15")})
    bring("A-1,,2026-10-31,SF-100,,1,,345,", "A-2,,2026-10-31,SF-100,,1,,340,")
    assert over() == [("A-1", 34_000, 500)]


def test_no_offer_no_call(bring, over, deal):
    offer(deal, ends_on=date(2026, 10, 30), q1={"minor": 100})
    bring("A-1,,2026-10-31,SF-100,,1,,345,", "A-2,,2026-10-31,ST-200,,1,,9999,")
    assert over() == []
