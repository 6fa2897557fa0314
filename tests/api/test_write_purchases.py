"""A program says what the practice bought: each line once, matched and in units, and only the program's own changed."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import ClaimedPurchase, ItemAlias, PurchaseLine
from billing.purchasing.purchases.keep_lines import keep_lines
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher, alias_key
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.jobs import accrue_member
from core.audit.models import Entry
from core.ids import uuid7
from core.outbox.deliver import deliver_due
from core.outbox.models import Event
from core.tenancy.scope import practice_scope
from tests.api import buying
from tests.api.buying import BULK, PURCHASES
from tests.api.sending import faults, patch, post, problem
from tests.billing.purchasing import selling
from tests.partners import client_of, registered


@pytest.fixture(autouse=True)
def _at_nine(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def deal(db):
    return buying.deal()


@pytest.fixture
def by_file(aurora, deal, now):
    """by_file(line="", …): a line that came with a file."""

    def one(**fields):
        said = {
            "row": 2, "invoice": "A-1", "line": "", "day": date(2026, 10, 5), "code": "SF-100", "description": "",
            "quantity": Decimal(2), "unit": "", "amount": 80_000, **fields,
        }  # fmt: skip
        with practice_scope(aurora):
            matcher = Matcher(vendor_id=deal.vendor.id, practice_id=aurora.id)
            keep_lines(
                [GivenLine(**said)], practice_id=aurora.id, vendor_id=deal.vendor.id, currency="USD", matcher=matcher,
                keys=Keys(), file_id=uuid7(), now=now,
            )  # fmt: skip

    return one


def bulk(api, *rows):
    answer = post(api, BULK, {"purchases": list(rows)})
    assert answer.status_code == 200, answer.content
    return answer.json()["results"]


def statuses(results):
    return [one["status"] for one in results]


def total():
    return sum(PurchaseLine.objects.values_list("amount_minor", flat=True))


def test_a_line_is_kept_with_its_item_and_its_units(api, deal):
    answer = post(api, PURCHASES, deal.line("L-1", code="ST-200", quantity=1.5, unit="Cases", amount_minor=810_000))
    row = answer.json()
    assert answer.status_code == 201
    assert {name: row[name] for name in ("external_id", "item_id", "units", "quantity", "match", "currency")} == {
        "external_id": "L-1", "item_id": str(deal.toxin.id), "units": 15, "quantity": 1.5, "match": "matched",
        "currency": "USD",
    }  # fmt: skip
    assert api.get(answer["Location"]).json() == row
    assert PurchaseLine.objects.get().amount_minor == 810_000


def test_a_return_is_negative_and_takes_off(api, deal):
    results = bulk(
        api, deal.line(), deal.line(line="2", quantity=-1, amount_minor=-40_000), deal.line(line="3", amount_minor=-5)
    )
    assert statuses(results) == ["created", "created", "refused"]
    assert results[2]["errors"][0]["code"] == "return_half"
    assert results[2]["errors"][0]["pointer"] == "#/purchases/2/quantity"
    assert total() == 40_000


def test_what_nobody_knows_is_said_in_its_rows_answer(api, deal, aurora):
    ItemAlias.objects.create(practice_id=aurora.id, vendor=deal.vendor, key=alias_key("", "Coffee"), item=None)
    results = bulk(
        api,
        deal.line(line="1", code="NO-1"),
        deal.line(line="2", unit="pallet"),
        deal.line(line="3", code="", description="Coffee"),
        deal.line(line="4", code="", description="Shipping", is_freight=True),
    )
    assert statuses(results) == ["created"] * 4
    assert [(one["match"], one["units"]) for one in results] == [
        ("unmatched", None), ("unit_unknown", None), ("set_aside", None), ("freight", None),
    ]  # fmt: skip
    assert len(api.get(f"{PURCHASES}?match=unmatched").json()["data"]) == 1
    assert len(api.get(f"{PURCHASES}?match=unit_unknown").json()["data"]) == 1


def test_the_same_rows_again_change_nothing(api, deal):
    rows = [deal.line("L-1"), deal.line("L-2", line="", invoice="A-2"), deal.line("L-3", line="", invoice="A-2")]
    assert statuses(bulk(api, *rows)) == ["created"] * 3
    assert statuses(bulk(api, *rows)) == ["unchanged"] * 3
    assert total() == 240_000


def test_a_row_that_says_otherwise_replaces_the_programs_own(api, deal):
    bulk(api, deal.line("L-1"))
    (result,) = bulk(api, deal.line("L-1", code="ST-200", amount_minor=90_000))
    assert (result["status"], result["item_id"]) == ("updated", str(deal.toxin.id))
    assert total() == 90_000


@pytest.mark.parametrize("number", ["", "1"])
def test_a_line_that_came_with_a_file_is_found_and_not_counted_twice(api, deal, by_file, number):
    by_file(line=number)
    (first,) = bulk(api, deal.line("L-1"))
    assert first["status"] == "duplicate"
    assert statuses(bulk(api, deal.line("L-1"))) == ["unchanged"]
    assert first["id"] == api.get(f"{PURCHASES}?external_id=L-1").json()["data"][0]["id"]
    assert total() == 80_000


def test_a_line_without_a_number_is_known_by_a_file_that_comes_later(api, deal, by_file):
    bulk(api, deal.line("L-1", line=""))
    by_file()
    assert total() == 80_000


def test_two_equal_lines_are_two_also_where_one_came_with_a_file(api, deal, by_file):
    by_file()
    assert statuses(bulk(api, deal.line("L-1", line=""))) == ["duplicate"]
    assert statuses(bulk(api, deal.line("L-2", line=""))) == ["created"]
    assert total() == 160_000


def test_two_numbers_are_two_lines_whatever_else_they_say(api, deal, by_file):
    by_file(line="7")
    assert statuses(bulk(api, deal.line("L-1", line="8"))) == ["created"]


def test_a_number_that_is_taken_by_another_line_is_refused(api, deal, by_file):
    by_file(line="1", amount=99)
    (result,) = bulk(api, deal.line("L-1"))
    assert (result["status"], result["errors"][0]["code"]) == ("refused", "purchase_differs")
    assert problem(post(api, PURCHASES, deal.line("L-1"))) == (409, "purchase_differs")
    assert total() == 99


def test_one_line_that_is_here_already_is_refused_whole(api, deal, by_file):
    by_file()
    assert problem(post(api, PURCHASES, deal.line("L-1"))) == (409, "purchase_known")
    assert PurchaseLine.objects.get().external_id == "", "nothing of it was kept"
    post(api, PURCHASES, deal.line("L-2", invoice="A-2"))
    assert problem(post(api, PURCHASES, deal.line("L-2", invoice="A-3"))) == (409, "external_id_taken")


def test_what_came_with_a_file_is_changed_with_the_file(api, deal, by_file):
    by_file()
    bulk(api, deal.line("L-1"))
    (result,) = bulk(api, deal.line("L-1", amount_minor=1))
    assert result["errors"][0]["code"] == "purchase_of_file"
    assert total() == 80_000


def test_another_programs_line_is_found_and_stays_that_programs(api, deal, aurora):
    row = post(api, PURCHASES, deal.line("L-1")).json()
    other = registered("Tide Accounts")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    assert statuses(bulk(theirs, deal.line("T-1"))) == ["duplicate"]
    assert theirs.get(f"{PURCHASES}{row['id']}/").json()["external_id"] == ""
    answer = patch(theirs, f"{PURCHASES}{row['id']}/", {"amount_minor": 1})
    assert problem(answer) == (409, "purchase_not_yours")
    assert total() == 80_000


def test_a_line_is_corrected_over_the_version_that_was_seen(api, deal):
    row = post(api, PURCHASES, deal.line("L-1")).json()
    path = f"{PURCHASES}{row['id']}/"
    tag = api.get(path)["ETag"]
    changed = patch(api, path, {"quantity": 3, "amount_minor": 120_000}, etag=tag)
    assert (changed.status_code, changed.json()["units"]) == (200, 3)
    assert problem(patch(api, path, {"amount_minor": 1}, etag=tag)) == (412, "precondition_failed")
    assert problem(patch(api, path, {"amount_minor": 1}, etag=None)) == (428, "precondition_required")
    assert faults(patch(api, path, {"external_id": "x", "units": 3})) == {
        ("#/external_id", "read_only"), ("#/units", "read_only"),
    }  # fmt: skip
    assert total() == 120_000


def test_a_line_that_a_rebate_was_claimed_for_stays(api, deal, aurora, claimed):
    row = post(api, PURCHASES, deal.line("L-1", day="2026-07-06")).json()
    claimed()
    answer = patch(api, f"{PURCHASES}{row['id']}/", {"amount_minor": 1})
    assert problem(answer) == (409, "purchases_claimed")
    (result,) = bulk(api, deal.line("L-1", day="2026-10-06"))
    assert (result["status"], result["errors"][0]["code"]) == ("refused", "purchases_claimed")
    returned = {"quantity": -2, "amount_minor": -80_000}
    assert statuses(bulk(api, deal.line("L-1", **returned))) == ["refused"]
    assert statuses(bulk(api, deal.line("L-2", line="2", **returned))) == ["created"]
    assert total() == 0


def test_of_a_claimed_line_the_units_stay_too(api, deal, aurora, claimed):
    row = post(api, PURCHASES, deal.line("L-1", day="2026-07-06")).json()
    claimed()
    answer = patch(api, f"{PURCHASES}{row['id']}/", {"quantity": 3})
    assert problem(answer) == (409, "purchases_claimed")


@pytest.fixture
def claimed(deal, now):
    """claimed(): the network has claimed what the third quarter earned."""
    terms = selling.version(selling.program(deal.offer.contract), tiers=[("1", "0.02")])

    def one():
        accrue_since(terms.from_day, now=now)
        third = date(2026, 9, 30)
        seen = prepare(contract=deal.offer.contract, last=third, now=now).total.minor
        send_claim(contract_id=deal.offer.contract_id, last=third, total_seen=seen, by_name="Nora", now=now)
        assert ClaimedPurchase.objects.exists()

    return one


@pytest.mark.parametrize(
    ("fields", "pointer", "code"),
    [
        ({"vendor_id": "01a22681-7b48-760e-b7bb-cde0f3317795"}, "vendor_id", "vendor_missing"),
        ({"invoice": " "}, "invoice", "invoice_missing"),
        ({"line": "~1"}, "line", "line_unclear"),
        ({"code": ""}, "code", "item_unnamed"),
        ({"day": "2026-12-30"}, "day", "day_ahead"),
        ({"day": "1999-12-31"}, "day", "day_too_early"),
        ({"currency": "EUR"}, "currency", "currency_differs"),
        ({"quantity": 0.00001}, "quantity", "quantity_unclear"),
        ({"quantity": 10**9}, "quantity", "quantity_unclear"),
        ({"quantity": 1e300}, "quantity", "quantity_unclear"),
        ({"quantity": "2"}, "quantity", "type"),
        ({"quantity": True}, "quantity", "type"),
        ({"amount_minor": 1.5}, "amount_minor", "type"),
        ({"units": 3}, "units", "read_only"),
        ({"price": 3}, "price", "unknown_field"),
    ],
)
def test_what_cannot_be_kept_is_told_at_its_place_and_nothing_is_kept(api, deal, fields, pointer, code):
    answer = post(api, PURCHASES, deal.line(**fields))
    assert answer.status_code == 422
    assert faults(answer) == {(f"#/{pointer}", code)}
    (result,) = bulk(api, deal.line(**fields))
    assert [(one["pointer"], one["code"]) for one in result["errors"]] == [(f"#/purchases/0/{pointer}", code)]
    assert not PurchaseLine.objects.exists()


def test_one_id_twice_in_a_list_is_refused_once(api, deal):
    assert statuses(bulk(api, deal.line("L-1"), deal.line("L-1", line="2"))) == ["created", "refused"]


def test_what_a_program_wrote_is_in_the_trail_told_and_worked_out(
    api, deal, aurora, program, monkeypatch, django_capture_on_commit_callbacks
):
    sent = []
    monkeypatch.setattr(accrue_member, "apply_async", lambda kwargs: sent.append(kwargs), raising=False)
    monkeypatch.setattr(deliver_due, "apply_async", lambda **_kwargs: None, raising=False)
    with practice_scope(aurora):
        before = Event.objects.count()
    with django_capture_on_commit_callbacks(execute=True):
        bulk(api, deal.line("L-1"), deal.line("L-2", line="2", day="2026-10-04"))
    with practice_scope(aurora):
        entry = Entry.objects.filter(verb="purchases.written").latest("at")
        assert (entry.asker_id, entry.detail["created"]) == (program.application.id, 2)
        assert list(Event.objects.order_by("number").values_list("kind", flat=True))[before:] == ["purchases.written"]
    assert sent == [
        {"member_id": str(aurora.id), "vendor_id": str(deal.vendor.id), "since": "2026-10-04"},
    ]


def test_at_another_practice_the_line_is_not_there(api, deal, program, borealis):
    row = post(api, PURCHASES, deal.line("L-1")).json()
    program.let_in(borealis, by="Bella")
    there = client_of(program.token(borealis), at=borealis)
    assert there.get(PURCHASES).json()["data"] == []
    assert there.get(f"{PURCHASES}{row['id']}/").status_code == 404
    assert patch(there, f"{PURCHASES}{row['id']}/", {"amount_minor": 1}, etag="*").status_code == 404
    assert statuses(bulk(there, deal.line("L-1"))) == ["created"]
    assert total() == 160_000
