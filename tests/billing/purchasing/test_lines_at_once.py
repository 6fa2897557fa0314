"""Lines of one practice, by transactions that are kept: two who bring the same at once, and who follows changes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction

from billing.purchasing.catalog.name_for_all import forget_for_all
from billing.purchasing.exchange.write_purchases import Outcome, upsert_purchases
from billing.purchasing.models import ItemName, PurchaseLine
from billing.purchasing.purchases.find_again import find_again
from billing.purchasing.purchases.keep_lines import keep_lines
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from core.ids import uuid7
from core.tenancy.scope import practice_scope
from tests.at_once import at_once
from tests.billing.purchasing import selling

JULY = date(2026, 7, 6)


@pytest.fixture
def place(open_place):
    return open_place()


@pytest.fixture
def vendor(place):
    return selling.vendor()


def line(number="", code="LX-100"):
    return GivenLine(
        row=1, invoice="A-1", line=number, day=JULY, code=code, description="", quantity=Decimal(2), unit="",
        amount=80_000,
    )  # fmt: skip


@pytest.fixture
def keep(place, vendor, now):
    def kept(*lines):
        with practice_scope(place), transaction.atomic():
            return keep_lines(
                lines, practice_id=place.id, vendor_id=vendor.pk, currency="USD",
                matcher=Matcher(vendor_id=vendor.pk, practice_id=place.id), keys=Keys(), file_id=uuid7(), now=now,
            ).added  # fmt: skip

    return kept


PROGRAM = uuid7()


def send(place, vendor, now, **fields):
    """A program says that line; what became of it."""
    row = {
        "external_id": "P-1", "vendor_id": vendor.pk, "invoice": "A-1", "day": JULY, "code": "LX-100",
        "quantity": Decimal(2), "amount_minor": 80_000, **fields,
    }  # fmt: skip
    with practice_scope(place):
        return [one.outcome for one in upsert_purchases(rows=[row], application_id=PROGRAM, now=now)]


def test_a_programs_line_that_a_file_gave_a_number_is_still_its_own(keep, place, vendor, now):
    assert send(place, vendor, now) == [Outcome.CREATED]
    assert keep(line("7")) == 0
    assert send(place, vendor, now, line="") == [Outcome.UNCHANGED]
    assert PurchaseLine.objects.get().line == "7"


def test_two_files_of_one_invoice_at_once_are_counted_once(keep):
    assert at_once(lambda: keep(line()), lambda: keep(line("1"))) == [1, 0]
    assert PurchaseLine.objects.count() == 1


def test_a_file_and_a_program_at_once_are_counted_once(keep, place, vendor, now):
    added, results = at_once(lambda: keep(line()), lambda: send(place, vendor, now, line="1"))
    assert (added, results) == (1, [Outcome.DUPLICATE])
    assert PurchaseLine.objects.count() == 1


def test_who_follows_changes_sees_lines_that_were_found_and_those_that_were_opened(keep, vendor, now):
    keep(line(code="NB-7"))
    item = selling.item(vendor)
    name = ItemName.objects.create(vendor=vendor, key="nb7", item=item)
    seen = [PurchaseLine.objects.get()]
    for act in (lambda: find_again(vendor_id=vendor.pk, now=now), lambda: forget_for_all(name_id=name.pk, now=now)):
        act()
        seen.append(PurchaseLine.objects.get())
    assert [one.item_id for one in seen] == [None, item.pk, None]
    assert seen[0].written_in < seen[1].written_in < seen[2].written_in
