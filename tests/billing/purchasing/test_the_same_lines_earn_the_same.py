"""Whatever order lines come in, in however many files, however often, and cut in two: what they earn stays the same.

Through the tables, with lines made up by hypothesis: kept, matched, worked out and shared out, as of any member.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from billing.purchasing.models import Accrual, PurchaseLine
from billing.purchasing.purchases.keep_lines import keep_lines
from billing.purchasing.purchases.line import GivenLine, Keys
from billing.purchasing.purchases.match import Matcher
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.explain import shares_of
from core.tenancy.scope import practice_scope

NOW = datetime(2026, 11, 23, 17, tzinfo=UTC)
JULY = date(2026, 7, 1)
PROGRAMS = (
    {"name": "Flat", "tiers": ((100_000, "0.02"), (1_000_000, "0.0425"))},
    {"name": "Marginal", "way": "marginal", "tiers": ((50_000, "0.01"), (333_333, "0.035"))},
    {"name": "Capped", "tiers": ((1, "0.07"),), "cap": 77_777},
    {"name": "Trailing", "measured": "trailing", "tiers": ((200_000, "0.015"), (900_000, "0.03"))},
    {"name": "Each", "every": "month", "counted": "units", "pays": "each", "tiers": ((1, "333"), (20, "1000.0001"))},
    {"name": "Steps", "every": "half", "from_day": date(2026, 2, 1), "counted": "units", "pays": "each",
     "way": "marginal", "tiers": ((0, "12.5"), (7, "100.25"), (55, "77"))},
    {"name": "By units", "counted": "units", "tiers": ((10, "0.0333"), (40, "0.05"))},
    {"name": "Each by spend", "pays": "each", "tiers": ((150_000, "101"), (700_000, "250.5"))},
    {"name": "Once", "every": "year", "from_day": date(2026, 6, 1), "pays": "once",
     "tiers": ((100_000, "10001"), (1_000_000, "50000"))},
    {"name": "Once by units", "every": "month", "counted": "units", "pays": "once",
     "tiers": ((5, "777"), (60, "10007"))},
)  # fmt: skip
TRIES = settings(
    max_examples=25,
    deadline=None,
    # To find the smallest example takes minutes on tables; the first one tells enough.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)


@st.composite
def bought(draw):
    """Lines of two quarters: goods at a price, returns, freight, and what nobody knows."""
    # Often the same: then only the order of day, invoice and line says who gets the cent that is left over.
    price = draw(st.sampled_from([333, 10_001, 77_777]) | st.integers(1, 90_000))
    quantity = draw(st.sampled_from([1, 3, 7]) | st.integers(-4, 30).filter(bool))
    return GivenLine(
        row=1,
        invoice=draw(st.sampled_from(["A", "B", "C"])),
        line="",
        day=JULY + timedelta(days=draw(st.integers(0, 120))),
        code=draw(st.sampled_from(["SF-100", "ST-200", "0023-1145-01", "??-1"])),
        description="",
        quantity=Decimal(quantity),
        # Nobody knows what a pallet holds.
        unit=draw(st.sampled_from(["", "case", "case", "pallet"])),
        amount=price * quantity,
        is_freight=draw(st.sampled_from([False] * 9 + [True])),
    )


LINES = st.lists(bought(), min_size=1, max_size=14)


@pytest.fixture
def programs(make_program):
    return [make_program(**one) for one in PROGRAMS]


@pytest.fixture
def file(deal, aurora):
    """file(lines): one file of these is kept, whatever was kept before; how many lines were new."""

    def keep(lines):
        with practice_scope(aurora):
            matcher = Matcher(vendor_id=deal.vendor.pk, practice_id=aurora.id)
            return keep_lines(
                lines, practice_id=aurora.id, vendor_id=deal.vendor.pk, currency="USD", matcher=matcher, keys=Keys(),
                file_id=None, now=NOW,
            ).added  # fmt: skip

    return keep


@contextmanager
def forgotten():
    """What happens in here never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def earned(aurora):
    """(program, quarter) → base, tier, cents; the parts of each line come to it exactly."""
    accrue_since(JULY, now=NOW)
    found = {}
    for one in Accrual.objects.filter(practice=aurora.id).select_related("program__contract"):
        assert sum(shares_of(one).values()) == one.cents
        found[one.program.name, one.first] = (one.base_minor, one.tier, one.cents)
    return found


def by_what_it_says(aurora):
    """(program, quarter) → what each line gets, by what the line is."""
    return {
        (one.program.name, one.first): sorted(
            (line.day, line.invoice, line.line, cents)
            for id, cents in shares_of(one).items()
            for line in [PurchaseLine.objects.get(pk=id)]
        )
        for one in Accrual.objects.filter(practice=aurora.id).select_related("program__contract")
    }


@TRIES
@given(LINES, st.randoms(use_true_random=False))
def test_the_order_of_lines_changes_no_cent(programs, file, aurora, lines, random):
    with forgotten():
        file(lines)
        first, parts = earned(aurora), by_what_it_says(aurora)
    random.shuffle(lines)
    with forgotten():
        file(lines)
        assert earned(aurora) == first
        assert by_what_it_says(aurora) == parts


@TRIES
@given(LINES, st.data())
def test_a_line_that_is_cut_in_two_at_its_price_changes_no_total(programs, file, aurora, lines, data):
    which = data.draw(st.integers(0, len(lines) - 1))
    whole = lines[which]
    part = data.draw(st.integers(-40, 40).filter(lambda n: n not in (0, whole.quantity)))
    price = whole.amount // int(whole.quantity)
    halves = [replaced(whole, part, price), replaced(whole, int(whole.quantity) - part, price)]
    with forgotten():
        file(lines)
        before = earned(aurora)
    with forgotten():
        file([*lines[:which], *halves, *lines[which + 1 :]])
        assert earned(aurora) == before


def replaced(line, quantity, price):
    return GivenLine(
        line.row, line.invoice, line.line, line.day, line.code, line.description, Decimal(quantity), line.unit,
        price * quantity, line.is_freight,
    )  # fmt: skip


@TRIES
@given(LINES, st.data())
def test_a_file_that_comes_again_whole_or_in_part_changes_nothing(programs, file, aurora, lines, data):
    start = data.draw(st.integers(0, len(lines)))
    with forgotten():
        assert file(lines) == len(lines)
        before = earned(aurora)
        assert file(lines) == 0
        assert file(lines[:start]) == 0
        assert PurchaseLine.objects.filter(practice=aurora.id).count() == len(lines)
        assert earned(aurora) == before


@TRIES
@given(LINES, st.integers(1, 13))
def test_working_it_out_in_between_changes_nothing(programs, file, aurora, lines, cut):
    with forgotten():
        file(lines)
        at_once = earned(aurora)
        assert earned(aurora) == at_once
    with forgotten():
        file(lines[:cut])
        earned(aurora)
        file(lines)
        assert earned(aurora) == at_once
