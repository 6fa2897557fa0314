"""Programs of the whole group: the tier is everybody's, what the others bought is nobody's to know."""

from datetime import UTC, date, datetime
from itertools import count

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import ProgrammingError

from billing.purchasing.models import Accrual, GroupTotal, PurchaseLine
from billing.purchasing.rebates.accrue import accrue_since
from core.tenancy.scope import practice_scope
from tenants.models import Practice

AUGUST, SEPTEMBER = datetime(2026, 8, 15, tzinfo=UTC), datetime(2026, 9, 15, tzinfo=UTC)
JULY = date(2026, 7, 10)
numbers = count()


@pytest.fixture
def members(aurora, borealis):
    """Twelve practices, of which Aurora is the first."""
    others = [
        Practice.objects.create(
            name=f"Member {n}", slug=f"member-{n}", schema_name=f"p_{n:012x}", joined_on=date(2025, 1, 1)
        ).id
        for n in range(10)
    ]
    return [aurora.id, borealis.id, *others]


@pytest.fixture
def buy(deal):
    def bought(member, minor, *, day=JULY):
        PurchaseLine.objects.create(
            practice_id=member, vendor=deal.vendor, invoice=f"G-{next(numbers)}", line="1", day=day, code="SF-100",
            quantity=1, amount_minor=minor, item=deal.filler, units=1,
        )  # fmt: skip

    return bought


@pytest.fixture
def program(make_program):
    return make_program(measured="group", tiers=((1_000_000, "0.01"), (2_000_000, "0.02")))


def mine(aurora):
    with practice_scope(aurora):
        return Accrual.objects.get(first=date(2026, 7, 1))


def test_everybody_earns_by_what_all_bought(program, members, buy, aurora):
    for member in members:
        buy(member, 100_000)
    accrue_since(JULY, now=AUGUST)
    assert {one.cents for one in Accrual.objects.filter(first=date(2026, 7, 1))} == {1_000}
    assert mine(aurora).tier == 0


def test_a_members_line_can_lift_everybody(program, members, buy, aurora):
    for member in members:
        buy(member, 100_000)
    accrue_since(JULY, now=AUGUST)
    buy(members[5], 800_000)
    accrue_since(JULY, member_id=members[5], now=AUGUST)
    assert (mine(aurora).tier, mine(aurora).cents) == (1, 2_000)


def test_what_is_missing_is_told_of_whole_months_when_nobody_can_be_worked_out(program, members, buy, aurora):
    for member in members:
        buy(member, 100_000)
        buy(member, 7, day=date(2026, 8, 3))
    accrue_since(JULY, now=AUGUST)
    # July's $12,000.00, without August.
    assert mine(aurora).to_next_minor == 2_000_000 - 1_200_000
    assert GroupTotal.objects.get(first=date(2026, 7, 1)).told_to == date(2026, 7, 31)


@pytest.mark.parametrize("parts", [[100_000] * 9, [100_000] * 11 + [900_000], [100_000] * 11 + [-5]])
def test_it_is_not_told_of_few_nor_of_one_that_dominates_nor_of_returns(program, members, buy, aurora, parts):
    for member, part in zip(members, parts, strict=False):
        buy(member, part)
    accrue_since(JULY, now=AUGUST)
    assert mine(aurora).to_next_minor is None


def test_it_is_not_told_again_when_only_one_bought_since(program, members, buy, aurora):
    for member in members:
        buy(member, 100_000)
    accrue_since(JULY, now=AUGUST)
    buy(members[4], 50_000, day=date(2026, 8, 20))
    accrue_since(JULY, now=SEPTEMBER)
    # The difference of the two would be what that member bought: the older one stands.
    assert mine(aurora).to_next_minor == 800_000
    for member in members:
        buy(member, 20_000, day=date(2026, 8, 21))
    accrue_since(JULY, now=SEPTEMBER)
    assert mine(aurora).to_next_minor == 800_000 - 50_000 - 240_000


def test_no_practice_reads_the_total(program, members, buy, aurora):
    buy(members[0], 100_000)
    accrue_since(JULY, now=AUGUST)
    with practice_scope(aurora), pytest.raises(ProgrammingError), transaction.atomic():
        GroupTotal.objects.exists()


def test_a_marginal_program_of_the_group_is_refused_since_it_would_tell(make_program):
    with pytest.raises(IntegrityError, match="program_version_marginal_of_own"), transaction.atomic():
        make_program(measured="group", way="marginal")
