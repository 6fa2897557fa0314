"""A catalog learns something: the lines of all members that nobody knew find their item by themselves."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection

from billing.purchasing.catalog.keep_item import add_item, change_item
from billing.purchasing.catalog.name_for_all import forget_for_all, name_for_all
from billing.purchasing.catalog.take_in import take_in_catalog
from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import Accrual, Item, ItemName, ItemUnit, PurchaseLine
from billing.purchasing.purchases.find_again import find_again
from billing.purchasing.purchases.jobs import find_all_again, find_lines_again
from billing.purchasing.purchases.name_item import name_item
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.jobs import accrue_member
from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from core.models import NetworkEntry
from core.outbox.models import Event
from core.tenancy.scope import practice_scope
from tenants.models import Practice

ROWS = ("A-1,1,2026-07-06,NB-7,Needles,4,box,1200,", "A-2,1,2026-07-08,nb7,Needles 30G,2,,600,")
JULY = date(2026, 7, 1)


def lines(deal, **of):
    return PurchaseLine.objects.filter(vendor=deal.vendor, **of).order_by("invoice")


@pytest.fixture
def needles(bring, borealis):
    """Lines of two members that match nothing; "NB-7" is no item yet."""
    bring(*ROWS)
    bring("B-1,1,2026-08-01,NB-7,Needles,1,box,300,", by=borealis)


def test_units_that_became_known_count_for_a_rebate_by_the_unit(
    bring, deal, make_program, aurora, now, sent, django_capture_on_commit_callbacks
):
    make_program(counted="units", pays="each", tiers=((1, "1000"),))
    bring("A-1,1,2026-07-06,ST-200,Toxin,2,pallet,1200,")
    accrue_since(JULY, now=now)
    assert not Accrual.objects.filter(practice=aurora.id, base_minor__gt=0).exists()
    ItemUnit.objects.create(item=deal.toxin, name="pallet", holds=40)
    connection.run_on_commit.clear()
    with django_capture_on_commit_callbacks(execute=True):
        assert find_again(vendor_id=deal.vendor.id, now=now) == 1
    assert sent == [("purchasing.accrue_member", str(deal.vendor.id))]
    accrue_since(JULY, now=now)
    found = Accrual.objects.get(practice=aurora.id, first=JULY)
    assert (found.base_units, found.cents) == (80, 80_000)


def add_needles(deal, **words):
    return add_item(vendor_id=deal.vendor.id, **{"sku": "NB-7", "name": "Needles", "unit": "box", **words})


def test_an_item_that_is_added_finds_its_lines_of_all_members(needles, deal, now):
    item = add_needles(deal)
    assert find_again(vendor_id=deal.vendor.id, now=now) == 3
    assert [(one.item, one.units) for one in lines(deal)] == [(item, 4), (item, 2), (item, 1)]
    assert find_again(vendor_id=deal.vendor.id, now=now) == 0


def test_what_was_found_counts_for_the_rebate(needles, deal, make_program, aurora, now):
    make_program()
    accrue_since(JULY, now=now)
    assert not Accrual.objects.filter(practice=aurora.id, base_minor__gt=0).exists()
    add_needles(deal)
    find_again(vendor_id=deal.vendor.id, now=now)
    accrue_since(JULY, now=now)
    assert Accrual.objects.get(practice=aurora.id, first=JULY).base_minor == 180_000


def test_a_lookup_and_earning_anew_are_asked_for_when_the_change_is_kept(
    needles, deal, now, sent, django_capture_on_commit_callbacks
):
    def asked(act):
        sent.clear()
        # Each act is a transaction of its own: what an earlier one asked for is no longer to be sent.
        connection.run_on_commit.clear()
        with django_capture_on_commit_callbacks(execute=True):
            act()
        return sorted(sent)

    look = [("purchasing.find_again", str(deal.vendor.id))]
    catalog = b"Item number,Name,Unit,Catalog price\nZZ-1,Zinc,tube,4.00\n"
    assert asked(lambda: add_needles(deal, sku="NX")) == look
    assert asked(lambda: take_in_catalog(vendor_id=deal.vendor.id, chunks=[catalog], from_day=JULY)) == look
    words = {"sku": "NB-7", "name": "Needles", "unit": "box"}
    assert asked(lambda: change_item(item_id=Item.objects.get(sku="NX").pk, **words)) == look
    earn = [("purchasing.accrue_member", str(deal.vendor.id))] * 2
    assert asked(lambda: find_again(vendor_id=deal.vendor.id, now=now)) == earn


@pytest.fixture
def sent(monkeypatch):
    """(name, vendor) of the jobs that were sent."""
    found = []
    for job in (accrue_member, find_lines_again):
        monkeypatch.setattr(
            job,
            "apply_async",
            lambda kwargs, name=job.name: found.append((name, kwargs["vendor_id"])),
            raising=False,
        )
    return found


def test_a_unit_that_becomes_known_is_counted(bring, deal, now):
    bring("A-1,1,2026-07-06,ST-200,,3,pallet,9000,")
    assert lines(deal).get().units is None
    change_item(
        item_id=deal.toxin.pk,
        sku="ST-200",
        name="Still toxin 100 U",
        unit="vial",
        other_units="case of 10; pallet of 40",
    )
    assert find_again(vendor_id=deal.vendor.id, now=now) == 1
    assert lines(deal).get().units == Decimal(120)


def test_what_a_member_said_goes_before(needles, deal, aurora, borealis, now):
    with practice_scope(aurora):
        name_item(practice_id=aurora.id, vendor_id=deal.vendor.id, key="nb7", item_id=None, now=now)
    with practice_scope(borealis):
        name_item(practice_id=borealis.id, vendor_id=deal.vendor.id, key="nb7", item_id=deal.filler.id, now=now)
    add_needles(deal)
    assert find_again(vendor_id=deal.vendor.id, now=now) == 0
    assert {(one.practice_id, one.item_id, one.set_aside) for one in lines(deal)} == {
        (aurora.id, None, True),
        (borealis.id, deal.filler.id, False),
    }


def test_freight_and_other_vendors_lines_stay_what_they_are(bring, deal, now):
    bring("A-1,1,2026-07-06,NB-7,Freight,1,,40,freight")
    add_needles(deal)
    assert find_again(vendor_id=deal.vendor.id, now=now) == 0
    assert lines(deal).get().item is None


def test_the_night_finds_what_was_read_while_the_catalog_changed(needles, deal):
    item = Item.objects.create(vendor=deal.vendor, sku="NB-7", name="Needles", unit="box")
    assert find_all_again() == 3
    assert lines(deal, item=item).count() == 3


def test_the_network_names_an_item_for_everybody_and_takes_it_back(needles, deal, aurora, bring, now):
    name = name_for_all(vendor_id=deal.vendor.id, key="nb7", number="sf-100")
    find_again(vendor_id=deal.vendor.id, now=now)
    bring("A-9,1,2026-09-01,NB-7,,1,,300,")
    assert lines(deal, item=deal.filler).count() == 4
    forget_for_all(name_id=name.pk, now=now)
    assert lines(deal, item__isnull=True).count() == 4
    assert set(NetworkEntry.objects.filter(verb__startswith="item.").values_list("verb", flat=True)) == {
        "item.named",
        "item.unnamed",
    }


def told(practice):
    """Events of lines, with the record of each, in their order."""
    with practice_scope(practice):
        events = Event.objects.filter(kind__startswith="purchases.").order_by("number")
        return [(one.kind.removeprefix("purchases."), one.record_id) for one in events]


def test_programs_are_told_that_lines_were_found_and_opened_again(needles, deal, aurora, borealis, now):
    before = {one: told(one) for one in (aurora, borealis)}
    find_again(vendor_id=deal.vendor.id, now=now)
    assert {one: told(one) for one in (aurora, borealis)} == before
    name = name_for_all(vendor_id=deal.vendor.id, key="nb7", number="sf-100")
    find_again(vendor_id=deal.vendor.id, now=now)
    for one in (aurora, borealis):
        assert told(one) == [*before[one], ("found", deal.vendor.id)]
    forget_for_all(name_id=name.pk, now=now)
    for one in (aurora, borealis):
        assert told(one)[-1] == ("opened", deal.vendor.id)


def test_programs_are_told_that_a_unit_became_known(bring, deal, aurora, now):
    bring("A-1,1,2026-07-06,ST-200,,3,pallet,9000,")
    ItemUnit.objects.create(item=deal.toxin, name="pallet", holds=40)
    find_again(vendor_id=deal.vendor.id, now=now)
    assert told(aurora)[-1] == ("found", deal.vendor.id)


def test_who_left_is_told_nothing_and_hinders_nobody(needles, deal, aurora, borealis, now):
    Practice.objects.filter(id=borealis.id).update(status=Practice.Status.SUSPENDED)
    add_needles(deal)
    before = told(borealis)
    assert find_again(vendor_id=deal.vendor.id, now=now) == 3
    assert told(borealis) == before
    assert told(aurora)[-1] == ("found", deal.vendor.id)


def test_a_name_that_is_taken_back_leaves_what_a_member_said(needles, deal, borealis, now):
    with practice_scope(borealis):
        name_item(practice_id=borealis.id, vendor_id=deal.vendor.id, key="nb7", item_id=deal.filler.id, now=now)
    name = name_for_all(vendor_id=deal.vendor.id, key="nb7", number="SF-100")
    find_again(vendor_id=deal.vendor.id, now=now)
    forget_for_all(name_id=name.pk, now=now)
    assert [one.practice_id for one in lines(deal, item=deal.filler)] == [borealis.id]


def test_a_name_stays_once_a_rebate_was_claimed_for_its_lines(needles, deal, make_program, now):
    make_program()
    name = name_for_all(vendor_id=deal.vendor.id, key="nb7", number="SF-100")
    find_again(vendor_id=deal.vendor.id, now=now)
    accrue_since(JULY, now=now)
    last = date(2026, 9, 30)
    seen = prepare(contract=deal.contract, last=last, now=now).total.minor
    send_claim(contract_id=deal.contract.id, last=last, total_seen=seen, by_name="Nora", now=now)
    with pytest.raises(Conflict) as refused:
        forget_for_all(name_id=name.pk, now=now)
    assert refused.value.code == "purchases_claimed"
    assert ItemName.objects.filter(pk=name.pk).exists()
    assert lines(deal, item=deal.filler).count() == 3


def test_an_unknown_number_and_a_word_that_nobody_says_are_refused(needles, deal, now):
    with pytest.raises(DomainError) as refused:
        name_for_all(vendor_id=deal.vendor.id, key="nb7", number="QQ-1")
    assert refused.value.field == "number"
    with pytest.raises(NotFound):
        name_for_all(vendor_id=deal.vendor.id, key="other", number="SF-100")
    with pytest.raises(NotFound):
        forget_for_all(name_id=uuid7(), now=now)
    assert not ItemName.objects.exists()


@pytest.mark.parametrize("code", ["0023-1145-01", "NDC 00023-1145-01", "00023 1145 01", "00023-114501", "00023114501"])
def test_a_line_is_known_by_its_ndc_however_it_is_written(bring, deal, code):
    bring(f"A-1,1,2026-07-06,{code},,1,,400,")
    assert lines(deal).get().item == deal.filler


@pytest.mark.parametrize("code", ["0023114501", "0023-1145-02", "0023-1145-0", "٠0023114501"])
def test_ten_digits_without_dashes_and_other_ndcs_are_not_guessed(bring, deal, code):
    bring(f"A-1,1,2026-07-06,{code},,1,,400,")
    assert lines(deal).get().item is None
