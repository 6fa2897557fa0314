"""What the network sees of members' lines that match no item: never whose, for how much, or words of few."""

import re
from datetime import date
from html import unescape

import pytest

from billing.purchasing.models import ItemName, PurchaseLine
from billing.purchasing.purchases.find_again import find_again
from billing.purchasing.purchases.network_words import (
    looks_like_number,
    network_words,
    told_word,
    vendors_with_words,
)
from tenants.models import Practice


@pytest.fixture
def cedar(db):
    """A third member."""
    return Practice.objects.create(slug="cedar", name="Cedar", joined_on=date(2025, 1, 1), schema_name="p_00000000cedc")


@pytest.fixture
def words():
    """words(answer) → what the page says, without its tags."""
    return lambda answer: " ".join(unescape(re.sub(r"<[^>]*>", " ", answer.content.decode())).split())


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


def said(practice, vendor, invoice, code="", description="", **fields):
    given = {"day": "2026-07-06", "quantity": 1, "amount_minor": 12_345, "line": "1", **fields}
    return PurchaseLine.objects.create(
        practice_id=practice.id, vendor=vendor, invoice=invoice, code=code, description=description, **given
    )


@pytest.fixture
def words_of(deal, aurora, borealis, cedar):
    for number, practice in enumerate((aurora, borealis, cedar)):
        said(practice, deal.vendor, f"C-{number}", "", "Cotton pads")
    said(aurora, deal.vendor, "A-1", "NB-7", "Needles for Zoe Quill")
    said(aurora, deal.vendor, "A-2", "NB-7", "Needles for Zoe Quill")
    said(borealis, deal.vendor, "B-1", "nb7", "Needles")
    said(borealis, deal.vendor, "B-2", "", "Zoe Quill, consult")
    said(borealis, deal.vendor, "B-3", "Zoe Quill", "")
    said(cedar, deal.vendor, "D-1", "XX-1", "Set aside", set_aside=True)
    said(cedar, deal.vendor, "D-2", "YY-1", "Freight", is_freight=True)
    return network_words(vendor_id=deal.vendor.pk)


def test_numbers_are_told_at_once_and_words_when_three_members_use_them(words_of):
    assert [(one.key, one.code, one.description, one.lines, len(one.members)) for one in words_of.told] == [
        ("cottonpads", "", "Cotton pads", 3, 3),
        ("nb7", "NB-7", "", 3, 2),
    ]
    assert (words_of.hidden_words, words_of.hidden_lines) == (2, 2)


def test_three_times_the_same_member_is_not_three(deal, aurora):
    for number in range(3):
        said(aurora, deal.vendor, f"A-{number}", "", "Zoe Quill, consult")
    found = network_words(vendor_id=deal.vendor.pk)
    assert (found.told, found.hidden_words, found.hidden_lines) == ([], 1, 3)
    assert told_word(vendor_id=deal.vendor.pk, key="zoequillconsult") is None


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("NB-7", True), ("00023-1145-01", True), ("LX#100", True), ("100", True),
        ("Zoe", False), ("Zoe 7", False), ("2026-07-06", False), ("7.6.1980", False), ("123-45-6789", False),
        ("123456789", False), ("", False), ("Zoé7", False),
    ],
)  # fmt: skip
def test_what_looks_like_the_number_of_an_item(code, told):
    assert looks_like_number(code) is told


def test_lines_are_counted_by_vendor(words_of, deal):
    assert vendors_with_words([deal.vendor.pk]) == {deal.vendor.pk: 8}


def test_the_page_tells_neither_members_nor_amounts_nor_words_of_few(words_of, deal, nora, words):
    answer = nora.get(f"/vendors/{deal.vendor.pk}/unmatched/")
    page = words(answer)
    assert "Cotton pads 3 lines of 3 members" in page
    assert "NB-7 3 lines of 2 members" in page
    assert "2 more lines with 2 names stay hidden: fewer than 3 members use the same words" in page
    for kept in ("Zoe", "Quill", "Aurora", "Borealis", "123.45", "246.90"):
        assert kept not in answer.content.decode()


def test_the_network_says_which_item_it_is_and_takes_it_back(words_of, deal, nora, words, now):
    page = f"/vendors/{deal.vendor.pk}/unmatched/"
    refused = nora.post(page, {"key": "nb7", "number": "QQ-9"})
    assert refused.status_code == 422
    assert "No item of this catalog has that number." in words(refused)
    assert "Write the item’s number or NDC." in words(nora.post(page, {"key": "nb7", "number": ""}))
    answer = nora.post(page, {"key": "nb7", "number": "SF-100"})
    assert "Members’ lines of that name follow" in words(nora.get(answer.headers["Location"]))
    find_again(vendor_id=deal.vendor.pk, now=now)
    shown = words(nora.get(page))
    assert "nb7 Is Silk filler 1 ml" in shown
    answer = nora.post(f"/catalog/names/{ItemName.objects.get().pk}/removal/")
    assert "to be matched again" in words(nora.get(answer.headers["Location"]))
    assert PurchaseLine.objects.filter(item__isnull=False).count() == 0


@pytest.mark.parametrize("key", ["zoequillconsult", "nothing", ""])
def test_a_hidden_word_is_not_named(words_of, deal, nora, words, key):
    answer = nora.post(f"/vendors/{deal.vendor.pk}/unmatched/", {"key": key, "number": "SF-100"})
    assert answer.status_code == 422
    assert "That name is not to match here, or was matched meanwhile." in words(answer)
    assert not ItemName.objects.exists()


def test_an_item_is_added_as_invoices_write_it(deal, nora):
    html = nora.get(f"/vendors/{deal.vendor.pk}/catalog/new/?sku=0023-1146-01&name=Cotton+pads").content.decode()
    assert 'value="0023-1146-01"' in html
    assert 'value="00023-1146-01"' in html
    assert 'value="Cotton pads"' in html


def test_vendors_say_how_many_lines_wait_to_the_admin_alone(words_of, deal, nora, sign_in, words):
    assert "Lines to match 8" in words(nora.get("/vendors/"))
    assert "8 match no item" in words(nora.get(f"/vendors/{deal.vendor.pk}/"))
    analyst = sign_in("Ana", at="")
    assert "Lines to match" not in words(analyst.get("/vendors/"))
    assert "match no item" not in words(analyst.get(f"/vendors/{deal.vendor.pk}/"))
