"""Bringing invoice lines, what they saved and earned, the statement; as owners and managers see it."""

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from billing.purchasing.claims.prepare import prepare as prepare_claim
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.fees.record_receipt import record_receipt
from billing.purchasing.models import Accrual, ItemAlias, NettingChoice, Offer, OfferPrice, PurchaseLine, Statement
from billing.purchasing.payments.record_payment import record_payment
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.statements.approve import approve
from billing.purchasing.statements.prepare import prepare
from billing.receiving.models import FileState, PurchaseFile
from billing.receiving.run import run
from core.tenancy.scope import practice_scope
from tests.billing.conftest import bring, deal, make_program  # noqa: F401  fixtures

ROWS = "Invoice,Date,SKU,Qty,Amount\nA-1,2026-10-05,SF-100,2,700.00\nA-2,2026-10-06,ZZ-9,1,12.00\nA-3,soon,SF-100,1,1\n"
NEW_YEAR = datetime(2027, 1, 15, 18, tzinfo=UTC)


@pytest.fixture
def olivia(sign_in, now):
    with time_machine.travel(now, tick=False):
        yield sign_in("Olivia", at="aurora")


@pytest.fixture
def file(olivia, deal, aurora, words):  # noqa: F811
    """A file that Olivia brought and whose columns she confirmed."""
    sent = {"vendor": str(deal.vendor.id), "file": SimpleUploadedFile("october.csv", ROWS.encode())}
    to = olivia.post("/purchases/", sent).headers["Location"]
    page = words(olivia.get(to))
    assert "Check the columns" in page
    assert "october.csv, 3 rows" in page
    with practice_scope(aurora):
        of = PurchaseFile.objects.get()
    answer = olivia.post(to, {key: str(place) for key, place in of.mapping.items()})
    assert answer.headers["Location"].startswith(f"/purchases/{of.id}/")
    return of


def read(of, aurora, now):
    with practice_scope(aurora):
        run(file_id=of.id, now=now)


def test_before_anything_is_bought_the_page_says_how_to_begin(olivia, words):
    assert "Bring your invoice lines" in words(olivia.get("/savings/"))
    assert "No vendor yet" in words(olivia.get("/purchases/"))
    assert "No statement yet" in words(olivia.get("/statements/"))


def test_a_file_is_brought_read_and_told(olivia, file, aurora, now, words):
    assert "You may leave this page" in words(olivia.get(f"/purchases/{file.id}/"))
    assert "HX-Refresh" not in olivia.get(f"/purchases/{file.id}/progress/").headers
    read(file, aurora, now)
    assert olivia.get(f"/purchases/{file.id}/progress/").headers["HX-Refresh"] == "true"
    page = words(olivia.get(f"/purchases/{file.id}/"))
    assert "2 new lines" in page.replace("new lines 2", "2 new lines")
    assert "Row 4" in page
    assert "Invoice date: “soon” is not a date." in page
    mend = olivia.get(f"/purchases/{file.id}/refused/").content.decode("utf-8-sig").splitlines()
    assert mend == [
        "Row,Problem,Invoice,Date,SKU,Qty,Amount",
        "4,Invoice date: “soon” is not a date.,A-3,soon,SF-100,1,1",
    ]


def test_a_file_without_a_vendor_or_that_is_no_table_says_what_to_do(olivia, deal, words):  # noqa: F811
    page = words(olivia.post("/purchases/", {}))
    assert "Choose the vendor whose invoices these are." in page
    assert "Choose a file first." in page
    sent = {"vendor": str(deal.vendor.id), "file": SimpleUploadedFile("x.pdf", b"%PDF-1.7 x")}
    answer = olivia.post("/purchases/", sent)
    assert answer.status_code == 422
    assert "not a table. Choose a CSV or an Excel (.xlsx) file." in words(answer)


def test_columns_that_do_not_do_say_which_is_missing(olivia, deal, aurora, words):  # noqa: F811
    sent = {"vendor": str(deal.vendor.id), "file": SimpleUploadedFile("x.csv", ROWS.encode())}
    to = olivia.post("/purchases/", sent).headers["Location"]
    answer = olivia.post(to, {"invoice": "0", "day": "1", "code": "2"})
    assert answer.status_code == 422
    assert "Say which column holds the amount of the line" in words(answer)
    with practice_scope(aurora):
        assert PurchaseFile.objects.get().state == FileState.OPEN


def test_a_file_is_taken_back(olivia, file, aurora, now, words):
    read(file, aurora, now)
    answer = olivia.post(f"/purchases/{file.id}/undo/")
    assert "Taken back. Its lines are gone." in words(olivia.get(answer.headers["Location"]))
    assert not PurchaseLine.objects.exists()
    again = olivia.post(f"/purchases/{file.id}/undo/")
    assert again.status_code == 409
    assert "taken back already" in words(again)


def test_a_name_is_matched_once_and_taken_back(olivia, file, aurora, now, deal, words):  # noqa: F811
    read(file, aurora, now)
    assert "1 name is not matched to an item" in words(olivia.get("/purchases/"))
    page = words(olivia.get("/purchases/unmatched/"))
    assert "ZZ-9" in page
    wrong = olivia.post("/purchases/unmatched/", {"vendor": str(deal.vendor.id), "key": "zz9", "item": ""})
    assert "Choose the item, or say that it is in no catalog." in words(wrong)
    olivia.post("/purchases/unmatched/", {"vendor": str(deal.vendor.id), "key": "zz9", "item": str(deal.toxin.id)})
    assert PurchaseLine.objects.get(invoice="A-2").item == deal.toxin
    page = words(olivia.get("/purchases/unmatched/"))
    assert "Every line is matched" in page
    olivia.post(f"/purchases/names/{ItemAlias.objects.get().id}/removal/")
    assert PurchaseLine.objects.get(invoice="A-2").item is None


def test_what_was_saved_and_how_far_the_next_tier_is(olivia, file, aurora, now, make_program, deal, words):  # noqa: F811
    make_program()
    read(file, aurora, now)
    offer = Offer.objects.create(contract=deal.contract, item=deal.filler, kind="fixed", begins_on=date(2026, 1, 1))
    OfferPrice.objects.create(offer=offer, minor=34_000)
    accrue_since(date(2026, 10, 1), now=now)
    page = words(olivia.get("/savings/"))
    assert "$100 .00" in page  # 2 for $800 in the catalog, bought for $700
    assert "spend $300.00 more by Dec 31 for tier 1" in page
    assert "Billed above your price, $20.00" in page
    assert "invoice A-1: Silk filler 1 ml for $700.00, and $680.00 was agreed" in page
    assert "Some lines are not matched to an item" in page


@pytest.mark.parametrize("quarter", ["2026-Q5", "2027-Q1", "x", "2026Q4", "-2026-Q1"])
def test_a_quarter_that_is_none_is_not_found(olivia, quarter):
    assert olivia.get("/savings/", {"quarter": quarter}).status_code == 404


def test_an_earlier_quarter_is_shown_whole(olivia, words):
    page = words(olivia.get("/savings/", {"quarter": "2026-Q3"}))
    assert "Jul 1, 2026 to Sep 30, 2026" in page


def test_each_cent_is_followed_from_line_to_payment(olivia, bring, make_program, deal, aurora, now, words):  # noqa: F811
    make_program()
    bring("A-1,1,2026-07-06,SF-100,,1,,1000,", "A-2,1,2026-07-07,,Freight,1,,25,")
    last = date(2026, 9, 30)
    seen = prepare_claim(contract=deal.contract, last=last, now=now).total.minor
    claim = send_claim(contract_id=deal.contract.id, last=last, total_seen=seen, by_name="Nora", now=now)
    record_payment(claim_id=claim.id, minor=1_500, day=now.date(), reference="WIRE 7", by_name="Nora", now=now)
    accrual = Accrual.objects.get(practice=aurora.id, first=date(2026, 7, 1))
    page = words(olivia.get(f"/savings/rebates/{accrual.id}/"))
    assert "Earned $20.00" in page
    assert "Claimed $20.00" in page
    assert "Paid $15.00" in page
    assert "WIRE 7" in page
    assert "$5.00 is still to come." in page
    assert "Freight and fees do not count" in page
    rows = olivia.get(f"/savings/rebates/{accrual.id}/lines/").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [
        "2026-07-07,A-2,1,,Freight,1,25.00,,Freight and fees do not count",
        "2026-07-06,A-1,1,SF-100,Silk filler 1 ml,1,1000.00,20.00,",
    ]


def test_a_rebate_of_another_practice_is_not_found(olivia, bring, make_program, borealis, now):  # noqa: F811
    make_program()
    bring("B-1,1,2026-07-06,SF-100,,1,,1000,", by=borealis)
    accrue_since(date(2026, 7, 1), now=now)
    accrual = Accrual.objects.get(practice=borealis.id, first=date(2026, 7, 1))
    assert olivia.get(f"/savings/rebates/{accrual.id}/").status_code == 404


def test_a_statement_is_a_page_a_pdf_and_a_file(olivia, bring, make_program, deal, aurora, now, words):  # noqa: F811
    make_program()
    bring("A-1,1,2026-07-06,SF-100,,1,,1000,")
    last = date(2026, 9, 30)
    seen = prepare_claim(contract=deal.contract, last=last, now=now).total.minor
    claim = send_claim(contract_id=deal.contract.id, last=last, total_seen=seen, by_name="Nora", now=now)
    record_payment(claim_id=claim.id, minor=1_500, day=now.date(), reference="WIRE 7", by_name="Nora", now=now)
    fourth = quarter_of(date(2026, 12, 1))
    payout = sum(one.payout for one in prepare(quarter=fourth, now=NEW_YEAR))
    approve(quarter=fourth, payout_seen=payout, by_name="Nora Network", now=NEW_YEAR)
    statement = Statement.objects.get(practice=aurora.id)
    page = words(olivia.get(f"/statements/{statement.id}/"))
    assert "Fourth quarter 2026" in page
    assert "Sent to you $15.00 rebates paid $15.00" in page
    assert "Claimed, not yet paid" in page
    assert "Fourth quarter 2026" in words(olivia.get("/statements/"))
    pdf = olivia.get(f"/statements/{statement.id}/pdf/")
    text = "".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.content)).pages)
    assert "Aurora Aesthetics" in text
    assert "$15.00" in text
    rows = olivia.get(f"/statements/{statement.id}/file/").content.decode("utf-8-sig").splitlines()
    assert "Paid,Bluebell Supply,Quarterly,2026-07-01,2026-09-30,2026-11-23,15.00,USD" in rows
    assert rows[-1] == "Sent to you,,,2026-10-01,2026-12-31,,15.00,USD"


def test_what_the_network_received_is_told(olivia, bring, deal, words, now):  # noqa: F811
    bring("A-1,1,2026-07-06,SF-100,,1,,1000,")
    record_receipt(
        contract_id=deal.contract.id, first=date(2026, 7, 1), last=date(2026, 9, 30), minor=1_500,
        received_on=date(2026, 10, 20), today=now.date(),
    )  # fmt: skip
    assert "Bluebell Supply $15.00." in words(olivia.get("/savings/"))
    page = words(olivia.get("/savings/received/2026/"))
    assert "$1,000.00" in page
    assert "$15.00" in page
    assert olivia.get("/savings/received/2025/").status_code == 404
    assert b"Bluebell 2026,1000.00,15.00,USD" in olivia.get("/savings/received/2026/file/").content


def test_the_subscription_is_taken_from_rebates_when_the_owner_chose_so(olivia, bring, deal, words):  # noqa: F811
    bring("A-1,1,2026-07-06,SF-100,,1,,1000,")
    to = olivia.post("/savings/netting/", {"nets": "yes"}).headers["Location"]
    assert "your subscription is taken from rebates that were paid" in words(olivia.get(to))
    assert NettingChoice.objects.get().nets
    again = olivia.post("/savings/netting/", {"nets": "yes"})
    assert again.status_code == 409


@pytest.mark.parametrize("who", ["Priya", "Frank"])
def test_whoever_leads_nothing_sees_nothing_of_it(sign_in, who):
    them = sign_in(who, at="aurora")
    for address in ("/savings/", "/purchases/", "/statements/"):
        assert them.get(address).status_code == 404


def test_a_rate_stays_exact(deal):  # noqa: F811
    assert deal.contract.fee_rate == Decimal("0.015")
