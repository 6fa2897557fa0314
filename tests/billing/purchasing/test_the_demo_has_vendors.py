"""The demo's vendors: made by the same actions as everybody's."""

from datetime import UTC, datetime

import pytest

from billing.purchasing.models import Contract, Item, Offer, RebateProgram, Vendor
from billing.purchasing.offers.listed import offers_on, shown
from infra.seeds.buying import open_buying
from infra.seeds.plan import Plan

pytestmark = pytest.mark.django_db

PLAN = Plan(seed=1, now=datetime(2026, 11, 23, 19, tzinfo=UTC), practices=2, days=90)


def test_vendors_have_catalogs_contracts_prices_and_rebates():
    open_buying(PLAN)
    assert Vendor.objects.count() == 4
    assert Offer.objects.count() == Item.objects.count() == 20
    assert Contract.objects.filter(signed_on__isnull=False).count() == 4
    assert set(Contract.objects.values_list("fee", flat=True)) == {"none", "percent", "amount"}
    assert RebateProgram.objects.count() == 4
    offered = shown(offers_on(PLAN.now.date()))
    assert len(offered) == 20
    assert all(one.saves is not None and one.saves > 0 for one in offered)


def test_seeding_again_adds_nothing():
    open_buying(PLAN)
    open_buying(PLAN)
    assert Vendor.objects.count() == 4
