"""Programs as agreements print them, typed into the console and earned by files that members bring: to the cent.

Every expected amount is worked out by hand beside it, from the lines, without any code of ours.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
import time_machine

from billing.purchasing.models import Claim
from billing.purchasing.rebates.accrue import accrue_since
from tests.frontend.console import paper
from tests.frontend.console.paper import bring_all, keep, open_contract

JANUARY = datetime(2027, 1, 15, 18, tzinfo=UTC)
YEAR = {"from_day": "2026-01-01", "covers": "everything", "items": "", "cap": ""}
# Growth by parts, and a limit: 2 percent of what is bought more than the year before, 4 of what lies beyond 5 percent
# more, 6 of what lies beyond 15 percent more; $1,000 a member at most.
GROWTH = {**YEAR, "name": "Growth", "every": "year", "measured": "growth", "way": "marginal", "cap": "1,000",
          "at_0": "as much", "rate_0": "2%", "at_1": "5% more", "rate_1": "4%", "at_2": "15% more",
          "rate_2": "6%"}  # fmt: skip
INCREASE = {**GROWTH, "name": "On the increase", "way": "increase", "cap": ""}
# A moving annual total, paid each quarter on what that quarter bought.
MOVING = {**YEAR, "name": "Moving", "every": "quarter", "measured": "trailing", "way": "flat",
          "at_0": "$40,000", "rate_0": "1%", "at_1": "$60,000", "rate_1": "1.5%"}  # fmt: skip
# What all members buy, without one item; the second bound is reached to the cent.
GROUP = {**YEAR, "name": "Together", "every": "year", "measured": "group", "way": "flat", "items": "LX-1",
         "at_0": "100,000", "rate_0": "0.5%", "at_1": "111,210.98", "rate_1": "1.25%"}  # fmt: skip

HEAD = "Invoice No,Invoice Date,SKU,Description,Qty,Extended Price,Type"
AURORA = """\
A-1,02/10/2025,T-1,Toxin,40,"$20,000.00",
A-2,06/30/2025,T-1,Toxin,31,"15,765.43",
A-3,11/02/2025,T-1,Toxin,27,"13,500.00",
A-3,12/01/2025,T-1,Toxin,1,500.00,Credit memo
A-4,01/15/2026,T-1,Toxin,32,"16,210.98",
A-5,04/20/2026,T-1,Toxin,36,"18,000.00",
A-6,07/06/2026,LX-1,Laser tip,12,"12,000.00",
A-7,10/05/2026,T-1,Toxin,36,"18,000.00",
A-7,10/05/2026,,Shipping and handling,1,250.00,
A-7,12/10/2026,T-1,Toxin,-2,"(1,000.00)",
"""
BOREALIS = "B-1,05/05/2025,T-1,Toxin,80,40000,\nB-2,03/03/2026,T-1,Toxin,120,60000,\n"


@pytest.fixture
def nora(sign_in):
    with time_machine.travel(JANUARY, tick=False):
        yield sign_in("Nora", at="")


@pytest.fixture
def contract(nora):
    item = {"sku": "LX-1", "name": "Laser tip", "unit": "tip", "price": "1,100"}
    return open_contract(nora, [item], from_day="2025-01-01", begins_on="2025-01-01", signed_on="2025-12-20")


@pytest.fixture
def typed(nora, contract):
    """typed(PROGRAM)"""
    return partial(keep, nora, contract)


@pytest.fixture
def brought(sign_in, contract, aurora, borealis):
    files = (("Olivia", aurora, AURORA, 10), ("Bella", borealis, BOREALIS, 2))
    return bring_all(sign_in, contract, HEAD, files, now=JANUARY)


earned = partial(paper.earned, since=date(2026, 1, 1), now=JANUARY)


def test_growth_by_parts_up_to_a_limit(typed, brought):
    # Aurora: 48,765.43 before (20,000 + 15,765.43 + 13,500 - 500), 63,210.98 after (without freight).
    # Up to 51,203.7015: 2 % of 2,438.2715 = 48.76543; up to 56,080.2445: 4 % of 4,876.543 = 195.06172;
    # beyond: 6 % of 7,130.7355 = 427.84413. Together 671.67128.
    # Borealis: 40,000, then 60,000: 40 + 160 + 6 % of 14,000 = 1,040, more than the limit.
    assert earned(typed(GROWTH), brought) == {("Aurora", "2026-01"): 671_67, ("Borealis", "2026-01"): 1_000_00}


def test_growth_on_the_whole_increase(typed, brought):
    # Aurora: 29.6 percent more, so 6 % of 14,445.55 = 866.733. Borealis: 6 % of 20,000.
    assert earned(typed(INCREASE), brought) == {("Aurora", "2026-01"): 866_73, ("Borealis", "2026-01"): 1_200_00}


def test_a_moving_annual_total_paid_each_quarter(typed, brought):
    assert earned(typed(MOVING), brought) == {
        # 15,765.43 + 13,500 - 500 + 16,210.98 = 44,976.41: 1 % of 16,210.98 = 162.1098
        ("Aurora", "2026-01"): 162_11,
        # 13,000 + 16,210.98 + 18,000 = 47,210.98: 1 % of 18,000
        ("Aurora", "2026-04"): 180_00,
        # and 12,000 = 59,210.98: 1 % of 12,000
        ("Aurora", "2026-07"): 120_00,
        # 63,210.98: 1.5 % of 18,000 - 1,000
        ("Aurora", "2026-10"): 255_00,
        # 100,000: 1.5 % of 60,000; nothing was bought in the other quarters
        ("Borealis", "2026-01"): 900_00,
    }


def test_tiers_of_the_whole_group_without_one_item(typed, brought):
    # 51,210.98 + 60,000 = 111,210.98: 1.25 % of each, 640.13725 and 750.
    assert earned(typed(GROUP), brought) == {("Aurora", "2026-01"): 640_14, ("Borealis", "2026-01"): 750_00}


def test_all_of_it_is_claimed_by_one_file_whose_lines_come_to_the_total(nora, typed, brought, contract, words):
    for program in (GROWTH, MOVING, GROUP):
        typed(program)
    accrue_since(date(2026, 1, 1), now=JANUARY)
    path = f"/contracts/{contract.pk}"
    waiting = words(nora.get("/claims/"))
    # 671.67 + 1,000 + 255 + 640.14 + 750 of what ends with the year.
    assert "$3,316.81" in waiting
    new = f"/claims/new/{contract.pk}/2026-12-31/"
    nora.post(new, {"seen": "331681", "due_on": "2027-02-28"})
    claim = Claim.objects.get()
    rows = b"".join(nora.get(f"/claims/{claim.pk}/file/").streaming_content).decode("utf-8-sig").splitlines()
    assert sum(Decimal(row.split(",")[-2]) for row in rows[1:]) == Decimal("3316.81")
    assert "Growth" in words(nora.get(f"{path}/"))
