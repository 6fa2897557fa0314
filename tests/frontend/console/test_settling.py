"""The network claims, records what came in, approves statements and tells what it received: in its console."""

import re
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.core import mail

from billing.purchasing.claims.jobs import mail_waiting
from billing.purchasing.models import Claim, FeeReceipt, Statement, Vendor, VendorPayment, WriteOff
from billing.purchasing.rebates.accrue import accrue_since
from tests.billing.conftest import bring, deal, make_program  # noqa: F401  fixtures


@pytest.fixture
def nora(sign_in, now):
    with time_machine.travel(now, tick=False):
        yield sign_in("Nora", at="")


@pytest.fixture
def earned(bring, make_program, now, borealis):  # noqa: F811
    """Aurora earned $20.00 of the third quarter, Borealis $400.00."""
    make_program()
    bring("A-1,1,2026-07-06,SF-100,,1,,1000,", "A-2,1,2026-07-07,,Freight,1,,25,")
    bring("B-1,,2026-07-06,SF-100,,1,,10000,", by=borealis)
    accrue_since(date(2026, 7, 1), now=now)


def seen(answer):
    return re.search(r'name="seen" value="(-?\d+)"', answer.content.decode())[1]


@pytest.fixture
def sent(nora, earned, deal):  # noqa: F811
    """The claim, sent in the console."""
    page = nora.get(f"/claims/new/{deal.contract.id}/2026-09-30/")
    nora.post(f"/claims/new/{deal.contract.id}/2026-09-30/", {"seen": seen(page), "due_on": "2026-11-30"})
    return Claim.objects.get()


def test_what_waits_is_looked_at_and_claimed(nora, earned, deal, words):  # noqa: F811
    page = words(nora.get("/claims/"))
    assert "Bluebell Supply Bluebell 2026, BB-2026" in page
    assert "$420.00" in page
    new = nora.get(f"/claims/new/{deal.contract.id}/2026-09-30/")
    assert "Claim $420.00" in words(new)
    answer = nora.post(f"/claims/new/{deal.contract.id}/2026-09-30/", {"seen": seen(new), "due_on": "2026-11-30"})
    assert "Claimed. Next: get it to the vendor." in words(nora.get(answer.headers["Location"]))
    page = words(nora.get("/claims/"))
    assert "Everything is claimed" in page
    assert "Claimed, not settled" in page
    assert "The vendor does not have it yet" in page


def test_what_changed_meanwhile_is_not_sent_unseen(nora, earned, deal, words):  # noqa: F811
    answer = nora.post(f"/claims/new/{deal.contract.id}/2026-09-30/", {"seen": "1", "due_on": "2026-11-30"})
    assert answer.status_code == 422
    assert "What members earned changed while you looked: it is $420.00 now" in words(answer)
    # The total of now is what the form asks to confirm.
    assert seen(answer) == "42000"
    assert not Claim.objects.exists()


@pytest.mark.parametrize("day", ["2026-12-31", "x", "2026-13-01"])
def test_a_quarter_that_is_not_over_or_none_is_not_found(nora, deal, day):  # noqa: F811
    assert nora.get(f"/claims/new/{deal.contract.id}/{day}/").status_code == 404


def test_the_vendors_file_names_every_line_and_no_patient(nora, sent):
    rows = b"".join(nora.get(f"/claims/{sent.id}/file/").streaming_content).decode("utf-8-sig").splitlines()
    assert rows[1] == (
        "2026-09-30-1,Aurora Aesthetics,Quarterly,2026-07-01,2026-09-30,A-1,1,2026-07-06,SF-100,1,,1000.00,20.00,USD"
    )
    assert len(rows) == 3


def test_a_claim_is_mailed_to_the_vendor_and_the_page_says_so(nora, sent, deal, words):  # noqa: F811
    Vendor.objects.filter(pk=deal.vendor.pk).update(email="claims@bluebell.example")
    assert "Bluebell Supply does not have it yet." in words(nora.get(f"/claims/{sent.id}/"))
    to = f"/claims/{sent.id}/mail/"
    assert "To claims@bluebell.example Attached claim-BB-2026-2026-09-30-1.csv" in words(nora.get(to))
    answer = nora.post(to, {"to_seen": "claims@bluebell.example"})
    page = words(nora.get(answer.headers["Location"]))
    assert "On its way to claims@bluebell.example, asked for by Nora North." in page
    mail_waiting()
    assert "Mailed to claims@bluebell.example on Nov 23, 2026 by Nora North." in words(nora.get(f"/claims/{sent.id}/"))
    assert "The vendor does not have it yet" not in words(nora.get("/claims/"))
    assert "It went to claims@bluebell.example, or is on its way there." in words(nora.get(to))
    twice = nora.post(to, {"to_seen": "claims@bluebell.example"})
    assert twice.status_code == 422
    assert "This claim was mailed to claims@bluebell.example already, or is on its way." in words(twice)
    assert len(mail.outbox) == 1


def test_an_overdue_claim_says_what_to_do_next_and_its_vendor_is_reminded(nora, sent, deal, words, sign_in):  # noqa: F811
    Vendor.objects.filter(pk=deal.vendor.pk).update(email="claims@bluebell.example")
    assert "Overdue" not in words(nora.get("/claims/"))
    assert "Nothing of this claim is overdue." in words(nora.get(f"/claims/{sent.id}/reminders/new/"))
    with time_machine.travel(datetime(2026, 12, 3, 17, tzinfo=UTC), tick=False):
        nora = sign_in("Nora", at="")
        page = words(nora.get("/claims/"))
        assert "Overdue 1 claim" in page
        assert "Overdue by 3 days" in page
        assert "The vendor does not have it yet" in page
        assert "Mail the claim to Bluebell Supply" in page
        to = f"/claims/{sent.id}/reminders/new/"
        assert "Bluebell Supply does not have this claim yet. Mail it first." in words(nora.get(to))
        nora.post(f"/claims/{sent.id}/mail/", {"to_seen": "claims@bluebell.example"})
        mail_waiting()
        page = words(nora.get("/claims/"))
        assert "Remind Bluebell Supply" in page
        assert "Claimed, not settled" not in page
        assert "overdue by 3 days" in words(nora.get(f"/claims/{sent.id}/"))
        assert "$420.00, overdue by 3 days" in words(nora.get(to))
        answer = nora.post(to, {"to_seen": "claims@bluebell.example"})
        page = words(nora.get(answer.headers["Location"]))
        assert "The reminder is on its way." in page
        assert "A reminder is on its way to claims@bluebell.example, asked for by Nora North." in page
        mail_waiting()
        assert "Reminder mailed to claims@bluebell.example on Dec 3, 2026" in words(nora.get(f"/claims/{sent.id}/"))
        assert "Reminded on Dec 3, 2026" in words(nora.get("/claims/"))
        twice = nora.post(to, {"to_seen": "claims@bluebell.example"})
        assert twice.status_code == 422
        assert "reminded of this claim less than a week ago" in words(twice)
        assert [one.subject[:7] for one in mail.outbox] == ["Rebate ", "Overdue"]


def test_a_vendor_without_an_address_gets_one_or_the_claim_is_noted(nora, sent, words):
    page = words(nora.get(f"/claims/{sent.id}/"))
    assert "Bluebell Supply has no address for claims. Add one and mail it, or send the file another way" in page
    assert "Add the address that its claims go to, then mail this one." in words(nora.get(f"/claims/{sent.id}/mail/"))
    refused = nora.post(f"/claims/{sent.id}/mail/", {"to_seen": ""})
    assert refused.status_code == 422
    assert "Bluebell Supply has no address for claims." in words(refused)
    to = f"/claims/{sent.id}/deliveries/new/"
    early = nora.post(to, {"way": "post", "to": "Vera Vendor", "day": "2026-11-01"})
    assert early.status_code == 422
    assert "It cannot have been sent before." in words(early)
    answer = nora.post(to, {"way": "post", "to": "Vera Vendor", "day": "2026-11-23"})
    page = words(nora.get(answer.headers["Location"]))
    assert "By post, to Vera Vendor on Nov 23, 2026 by Nora North." in page


def test_a_payment_is_recorded_in_part_and_whole(nora, sent, words):
    to = f"/claims/{sent.id}/"
    answer = nora.post(to, {"minor": "210.00", "day": "2026-11-23", "reference": "WIRE 1"})
    page = words(nora.get(answer.headers["Location"]))
    assert "$210.00 open" in page
    assert "The payment is recorded, and each member’s part with it." in page
    too_much = nora.post(to, {"minor": "210.01", "day": "2026-11-23", "reference": "WIRE 2"})
    assert too_much.status_code == 422
    assert "Only $210.00 is open of this claim." in words(too_much)
    nora.post(to, {"minor": "$210", "day": "2026-11-23", "reference": "WIRE 2"})
    assert "Settled" in words(nora.get(to))
    assert VendorPayment.objects.count() == 2


def test_an_amount_that_is_none_says_so(nora, sent, words):
    answer = nora.post(f"/claims/{sent.id}/", {"minor": "lots", "day": "2026-11-23", "reference": "W"})
    assert "“lots” is not a number such as 1,240.50." in words(answer)
    assert not VendorPayment.objects.exists()


def test_the_rest_is_written_off_with_a_reason(nora, sent, words):
    to = f"/claims/{sent.id}/write-off/"
    assert "$420.00 will not be paid?" in words(nora.get(to))
    assert "Say why: members will read it." in words(nora.post(to, {}))
    nora.post(to, {"why": "Bought off contract"})
    assert WriteOff.objects.get().minor == 42_000
    assert "$420.00 were written off" in words(nora.get(f"/claims/{sent.id}/"))


def test_statements_are_previewed_and_approved_together(sign_in, sent, nora, now, words):
    nora.post(f"/claims/{sent.id}/", {"minor": "420", "day": "2026-11-23", "reference": "WIRE 1"})
    assert "This quarter is not over" in words(nora.get("/statements/?quarter=2026-Q4"))
    with time_machine.travel(now.replace(year=2027, month=1, day=15), tick=False):
        then = sign_in("Nora", at="")
        page = then.get("/statements/")
        assert "Approve them: $420.00 go out" in words(page)
        assert then.post("/statements/", {"seen": "1"}).status_code == 422
        answer = then.post("/statements/", {"seen": seen(page)})
        assert "Approved. Each member reads its own." in words(then.get(answer.headers["Location"]))
        assert "Nothing to approve" in words(then.get("/statements/"))
    assert sorted(one.payout_minor for one in Statement.objects.all()) == [2_000, 40_000]


def test_a_fee_is_recorded_and_never_more_than_is_stated(nora, earned, deal, words):  # noqa: F811
    to = f"/contracts/{deal.contract.id}/fees/"
    given = {"first": "2026-07-01", "last": "2026-09-30", "received_on": "2026-10-20"}
    too_much = nora.post(to, {**given, "minor": "165.01"})
    assert too_much.status_code == 422
    assert "$165.00 at most" in words(too_much)
    answer = nora.post(to, {**given, "minor": "165"})
    assert "Recorded. Each member is told its part." in words(nora.get(answer.headers["Location"]))
    assert FeeReceipt.objects.get().minor == 16_500


def test_an_analyst_sends_and_records_nothing(sign_in, deal):  # noqa: F811
    ana = sign_in("Ana", at="")
    for address in ("/claims/", "/statements/", f"/contracts/{deal.contract.id}/fees/"):
        assert ana.get(address).status_code == 404
