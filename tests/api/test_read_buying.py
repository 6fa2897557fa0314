"""What programs read of the buying group: signed offers with all that a price needs, and nobody else's."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine
from django.db import IntegrityError, transaction

from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.models import PurchaseLine
from billing.purchasing.offers.keep_offer import end_offer
from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from tenants.actions.open_sandbox import open_sandbox
from tenants.models import Practice
from tests.api import buying
from tests.api.buying import BULK, OFFERS, PURCHASES, VENDORS
from tests.api.sending import post, problem
from tests.billing.purchasing import selling
from tests.buying import forget_buying
from tests.cast import NOW
from tests.partners import client_of, registered


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def deal(db):
    return buying.deal()


def rows_of(api, path):
    answer = api.get(path)
    assert answer.status_code == 200, answer.content
    return answer.json()["data"]


def test_an_offer_says_all_that_a_price_needs(api, deal):
    (row,) = rows_of(api, OFFERS)
    told = ("vendor_name", "sku", "unit", "units", "kind", "currency", "catalog_prices", "prices", "begins_on")
    assert {name: row[name] for name in told} == {
        "vendor_name": "Lumen Aesthetics", "sku": "SF-100", "unit": "syringe", "units": [], "kind": "percent",
        "currency": "USD", "catalog_prices": [{"from_day": "2025-01-01", "minor": 45_000}], "begins_on": "2026-01-01",
        "prices": [{"from_quantity": 1, "minor": None, "off": 0.1}],
    }  # fmt: skip


def test_what_nobody_signed_is_not_there(api, deal):
    draft = deal.toxin.offers.create(
        contract=selling.contract(deal.vendor, "C-2", signed=False), kind="fixed", begins_on=date(2026, 1, 1)
    )
    assert [row["id"] for row in rows_of(api, OFFERS)] == [str(deal.offer.id)]
    assert problem(api.get(f"{OFFERS}{draft.id}/")) == (404, "not_found")


def test_those_that_hold_on_a_day_are_asked_for(api, deal, now):
    deal.toxin.offers.create(contract=deal.offer.contract, kind="fixed", begins_on=date(2027, 1, 1))
    end_offer(offer_id=deal.offer.id, ends_on=date(2026, 12, 31), today=now.date())
    assert len(rows_of(api, OFFERS)) == 2
    assert [row["item_id"] for row in rows_of(api, f"{OFFERS}?day=2026-12-31")] == [str(deal.filler.id)]
    assert [row["item_id"] for row in rows_of(api, f"{OFFERS}?day=2027-01-01")] == [str(deal.toxin.id)]
    assert rows_of(api, f"{OFFERS}?day=2024-12-31") == []


def renamed(deal):
    deal.vendor.name = "Lumen"
    deal.vendor.save()


def priced(deal):
    deal.filler.catalog_prices.create(from_day=date(2026, 6, 1), minor=50_000)


def repriced(deal):
    deal.offer.prices.update(off=Decimal("0.2"))


def unpacked(deal):
    deal.filler.units.all().delete()


def of_another_maker(deal):
    deal.filler.manufacturer = "Lumen Labs"
    deal.filler.save()


@pytest.mark.parametrize("change", [renamed, priced, repriced, unpacked, of_another_maker])
def test_whatever_changes_what_an_offer_shows_has_it_followed_and_gives_another_version(
    open_place, let_in_at, committed_deal, change
):
    """Committed: within one transaction everything is written in that one."""
    api, deal = let_in_at(open_place()), committed_deal
    before, first = api.get(f"{OFFERS}{deal.offer.id}/"), api.get(OFFERS).json()
    was = deal.offer.written_in
    change(deal)
    deal.offer.refresh_from_db()
    assert deal.offer.written_in > was
    assert api.get(f"{OFFERS}{deal.offer.id}/")["ETag"] != before["ETag"]
    followed = rows_of(api, f"{OFFERS}?updated_since={first['watermark']}")
    assert [row["id"] for row in followed] == [str(deal.offer.id)]


def test_an_offer_is_followed_from_when_its_contract_is_signed(open_place, let_in_at, committed_deal):
    draft = selling.contract(committed_deal.vendor, "C-2", signed=False, begins_on=date(2026, 1, 1))
    offer = committed_deal.toxin.offers.create(contract=draft, kind="fixed", begins_on=date(2026, 1, 1))
    api = let_in_at(open_place())
    mark = api.get(OFFERS).json()["watermark"]
    sign_contract(
        contract_id=draft.id,
        signed_on=date(2026, 1, 1),
        signed_by="Nora",
        signed_for_vendor_by="Vera",
        fee_is_stated=True,
        today=NOW.date(),
    )
    assert str(offer.id) in [row["id"] for row in rows_of(api, f"{OFFERS}?updated_since={mark}")]


@pytest.fixture
def committed_deal(committed):
    made = buying.deal()
    made.filler.units.create(name="box", holds=5)
    made.offer.refresh_from_db()
    yield made
    forget_buying()


def test_purchases_that_are_read_are_in_the_trail(api, deal, aurora, program):
    row = post(api, PURCHASES, deal.line()).json()
    rows_of(api, PURCHASES)
    with practice_scope(aurora):
        entry = Entry.objects.filter(verb="purchases.sent").latest("at")
    assert (entry.asker_id, entry.detail) == (program.application.id, {"purchases": [row["id"]]})


class TestInASandbox:
    @pytest.fixture
    def program(self, two_ready, db):
        return registered()

    @pytest.fixture
    def sandbox(self, program, now):
        return open_sandbox(application_id=program.application.id, now=now).ref

    @pytest.fixture
    def there(self, program, sandbox):
        return client_of(program.token(sandbox), at=sandbox)

    def test_it_has_a_made_up_vendor_with_offers_and_purchases(self, there):
        (vendor,) = rows_of(there, VENDORS)
        assert vendor["name"].endswith("(made up)")
        assert {row["vendor_id"] for row in rows_of(there, OFFERS)} == {vendor["id"]}
        assert {row["kind"] for row in rows_of(there, OFFERS)} == {"fixed", "percent", "volume"}
        bought = rows_of(there, PURCHASES)
        assert {row["match"] for row in bought} == {"matched", "unmatched"}
        assert any(row["amount_minor"] < 0 for row in bought)

    def test_nothing_that_was_agreed_for_members_is_seen_there_and_nothing_made_up_by_members(
        self, there, deal, program, aurora
    ):
        assert str(deal.vendor.id) not in [row["id"] for row in rows_of(there, VENDORS)]
        assert problem(there.get(f"{OFFERS}{deal.offer.id}/")) == (404, "not_found")
        program.let_in(aurora)
        here = client_of(program.token(aurora), at=aurora)
        assert [row["id"] for row in rows_of(here, VENDORS)] == [str(deal.vendor.id)]
        assert [row["id"] for row in rows_of(here, OFFERS)] == [str(deal.offer.id)]

    def test_nothing_is_bought_there_of_anybody_real(self, there, deal, sandbox):
        (result,) = post(there, BULK, {"purchases": [deal.line()]}).json()["results"]
        assert result["errors"][0]["code"] == "vendor_missing"
        line = PurchaseLine.objects.filter(practice=sandbox.id).first()
        for change in ({"vendor": deal.vendor}, {"practice": Practice.objects.get(slug="aurora")}):
            with pytest.raises(IntegrityError, match="made-up"), transaction.atomic():
                PurchaseLine.objects.filter(id=line.id).update(**change)

    def test_nobody_earns_anything_of_who_is_made_up(self, sandbox):
        contract = PurchaseLine.objects.filter(practice=sandbox.id).first().vendor.contracts.get()
        with pytest.raises(IntegrityError, match="made-up"), transaction.atomic():
            selling.program(contract)
