"""A member says what it calls an item: its lines are counted from then on, until it takes the name back."""

from datetime import date

import pytest

from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import ItemAlias, PurchaseLine
from billing.purchasing.purchases.name_item import forget_name, name_item
from billing.purchasing.purchases.unmatched import unmatched
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from core.tenancy.scope import practice_scope

ROWS = (
    "A-1,1,2026-07-06,,Still Tox!,2,case,1200,",
    "A-2,1,2026-07-07,,still tox,3,vial,180,",
    "A-3,1,2026-07-08,,Still Tox,1,pallet,90,",
    "A-4,1,2026-07-09,ZZ-9,Cotton,1,,5,",
    "A-5,1,2026-07-09,SF-100,,1,,400,",
    "A-6,1,2026-07-09,,Freight,1,,40,",
)


@pytest.fixture
def name(bring, aurora, deal, now):
    bring(*ROWS)

    def named(key, item, **of):
        with practice_scope(aurora):
            return name_item(
                practice_id=aurora.id, vendor_id=deal.vendor.id, key=key, item_id=item and item.id, now=now, **of
            )

    return named


def test_each_word_stands_once_with_all_its_lines_the_dearest_first(bring, aurora):
    bring(*ROWS)
    with practice_scope(aurora):
        found = unmatched(practice_id=aurora.id)
    assert [(one.key, one.lines, one.minor, one.last) for one in found] == [
        ("stilltox", 3, 147_000, date(2026, 7, 8)),
        ("zz9", 1, 500, date(2026, 7, 9)),
    ]
    assert found[0].units == {"case", "vial", "pallet"}


def test_its_lines_get_the_item_each_in_its_unit(name, deal):
    assert name("stilltox", deal.toxin) == 3
    lines = PurchaseLine.objects.filter(item=deal.toxin).order_by("invoice")
    assert [one.units for one in lines] == [20, 3, None]


def test_what_comes_later_is_known(name, bring, deal):
    name("stilltox", deal.toxin)
    bring("A-9,1,2026-08-01,,STILL TOX,1,vial,60,")
    assert PurchaseLine.objects.get(invoice="A-9").item == deal.toxin


def test_what_is_in_no_catalog_is_set_aside(name, aurora):
    assert name("zz9", None) == 1
    assert PurchaseLine.objects.get(invoice="A-4").set_aside
    with practice_scope(aurora):
        assert [one.key for one in unmatched(practice_id=aurora.id)] == ["stilltox"]


def test_a_name_is_taken_back_with_its_lines_and_no_others(name, aurora, deal, now):
    name("stilltox", deal.toxin)
    with practice_scope(aurora):
        forget_name(alias_id=ItemAlias.objects.get().id, practice_id=aurora.id, now=now)
    assert not ItemAlias.objects.exists()
    assert PurchaseLine.objects.filter(item__isnull=False).count() == 1
    assert name("stilltox", deal.toxin) == 3


def test_a_name_stays_once_a_rebate_was_claimed_for_its_lines(name, aurora, deal, make_program, now):
    make_program()
    name("stilltox", deal.toxin)
    last = date(2026, 9, 30)
    seen = prepare(contract=deal.contract, last=last, now=now).total.minor
    send_claim(contract_id=deal.contract.id, last=last, total_seen=seen, by_name="Nora", now=now)
    with practice_scope(aurora):
        alias = ItemAlias.objects.get()
        with pytest.raises(Conflict) as refused:
            forget_name(alias_id=alias.id, practice_id=aurora.id, now=now)
        assert refused.value.code == "purchases_claimed"
        assert ItemAlias.objects.filter(id=alias.id).exists()


def test_an_item_of_another_vendor_and_a_word_that_is_none_are_refused(name, deal):
    with pytest.raises(NotFound):
        name("nothing", deal.toxin)
    deal.toxin.id = uuid7()
    with pytest.raises(DomainError) as refused:
        name("stilltox", deal.toxin)
    assert refused.value.field == "item"


def test_nobody_elses_name_is_found(name, deal, aurora, borealis, now):
    name("stilltox", deal.toxin)
    alias_id = ItemAlias.objects.get().id
    with practice_scope(borealis), pytest.raises(NotFound):
        forget_name(alias_id=alias_id, practice_id=borealis.id, now=now)
