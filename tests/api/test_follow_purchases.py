"""A program follows what a practice buys: no line is missed, however late it is committed."""

from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from billing.purchasing.exchange.write_purchases import Outcome, upsert_purchases
from billing.purchasing.models import PurchaseLine
from billing.purchasing.purchases.keep_lines import keep_lines
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from core.ids import uuid7
from core.tenancy.scope import practice_scope
from tenants.models import PartnerApplication
from tests.api import buying
from tests.api.buying import PURCHASES
from tests.api.held import held
from tests.buying import forget_buying
from tests.cast import NOW


@pytest.fixture(autouse=True)
def _at_nine(settings):
    settings.API_REQUESTS_A_MINUTE = 1_000_000
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture
def deal(committed):
    yield buying.deal()
    forget_buying()


@pytest.fixture
def place(open_place):
    return open_place()


@pytest.fixture
def their(place, deal, let_in_at):
    return let_in_at(place)


@pytest.fixture
def by_program(their, deal):
    """by_program("A-1"): work that keeps a line of that invoice, as a program sends it: one at a time in a practice."""
    application_id = PartnerApplication.objects.get().id

    def one(invoice):
        def work():
            line = deal.line(invoice=invoice, day=NOW.date(), vendor_id=deal.vendor.id)
            (result,) = upsert_purchases(rows=[line], application_id=application_id, now=timezone.now())
            assert result.outcome is Outcome.CREATED, result

        return work

    return one


@pytest.fixture
def by_file(place, deal):
    """by_file("A-1", …): work that keeps a line of each invoice, as a file does: one at a time in a practice, too."""

    def several(*invoices):
        lines = [
            GivenLine(
                row=row, invoice=invoice, line="1", day=NOW.date(), code="SF-100", description="", quantity=Decimal(2),
                unit="", amount=80_000,
            )
            for row, invoice in enumerate(invoices, start=2)
        ]  # fmt: skip

        def work():
            matcher = Matcher(vendor_id=deal.vendor.id, practice_id=place.id)
            kept = keep_lines(
                lines, practice_id=place.id, vendor_id=deal.vendor.id, currency="USD", matcher=matcher, keys=Keys(),
                file_id=uuid7(), now=timezone.now(),
            )  # fmt: skip
            assert kept.added == len(lines), kept

        return work

    return several


def set_aside(place, invoice):
    return lambda: PurchaseLine.objects.filter(practice=place.id, invoice=invoice).update(
        set_aside=True, item=None, units=None, updated_at=timezone.now()
    )


def walk(api, query=""):
    """The invoice of each line that was sent, and what it became, page by page of two; and the watermark."""
    lines, after = [], ""
    while True:
        body = api.get(f"{PURCHASES}?size=2&fields=invoice,match{query}{after}").json()
        lines += [(row["invoice"], row["match"]) for row in body["data"]]
        if body["next"] is None:
            return lines, body["watermark"]
        after = f"&after={body['next']}"


def matched(*invoices):
    return {(invoice, "matched") for invoice in invoices}


def test_a_line_and_a_change_that_are_committed_late_are_not_missed(place, their, by_program, by_file):
    """A program’s line is held back past the next walk; a change of a line that was sent, into the middle."""
    with practice_scope(place):
        by_file(*"ABC")()
    with held(place, by_program("late")):
        with held(place, set_aside(place, "A")):
            with practice_scope(place):
                set_aside(place, "B")()
            lines, mark = walk(their)
            assert sorted(lines) == sorted({("B", "set_aside"), *matched(*"AC")})
            newest = newest_of(place)
        changed, next_mark = walk(their, f"&updated_since={mark}")
        assert {("A", "set_aside"), ("B", "set_aside")} <= set(changed)
        assert "late" not in dict(changed)
    last, _ = walk(their, f"&updated_since={next_mark}")
    assert matched("late") <= set(last)
    # Going by times, both would have been passed by for ever.
    assert not {"A", "late"} & by_time(place, newest)


def test_lines_of_a_file_that_are_committed_late_are_not_missed(place, their, by_file):
    with practice_scope(place):
        by_file(*"ABC")()
    with held(place, by_file("meanwhile")):
        with practice_scope(place):
            set_aside(place, "B")()
        lines, mark = walk(their)
        assert sorted(lines) == sorted({("B", "set_aside"), *matched(*"AC")})
        newest = newest_of(place)
    changed, _ = walk(their, f"&updated_since={mark}")
    assert matched("meanwhile") <= set(changed)
    assert "meanwhile" not in by_time(place, newest)


def newest_of(place):
    with practice_scope(place):
        return max(lines_of(place).values_list("updated_at", flat=True))


def by_time(place, newest):
    """The invoices that somebody finds who asks for what is newer."""
    with practice_scope(place):
        return set(lines_of(place).filter(updated_at__gt=newest).values_list("invoice", flat=True))


def lines_of(place):
    return PurchaseLine.objects.filter(practice=place.id)
