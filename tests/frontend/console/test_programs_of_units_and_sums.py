"""Programs as vendors of aesthetics and public buyers print them: by the vial, by levels with a sum, by half-years,
months and fiscal years. Typed into the console, earned by files that members bring, claimed and read: to the cent.

Every expected amount is worked out by hand beside it, from the lines, without any code of ours.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest
import time_machine

from billing.purchasing.models import Accrual, Claim, RebateProgram
from billing.purchasing.rebates.accrue import accrue_since
from tests.frontend.console import paper
from tests.frontend.console.paper import bring_all, keep, look_at, open_contract

OCTOBER = datetime(2026, 10, 9, 18, tzinfo=UTC)
BASE = {"covers": "listed", "items": "T-100", "cap": "", "way": "flat", "measured": "volume", "from_day": "2025-10-01"}
# $10 a vial from 100 vials in a half-year, $15 from 250, on all of them; half-years of a year from October.
VIALS = {**BASE, "name": "By the vial", "every": "half", "counted": "units", "pays": "each",
         "at_0": "100 vials", "rate_0": "$10 a vial", "at_1": "250", "rate_1": "15.00"}  # fmt: skip
# Each vial at the sum of its own step: $2.50 for the first 99, $4 for the 100th to the 199th, $6.125 from then on.
STEPS = {**VIALS, "name": "By steps", "way": "marginal", "at_0": "1", "rate_0": "$2.50", "at_1": "100",
         "rate_1": "$4 per vial", "at_2": "200", "rate_2": "$6.125"}  # fmt: skip
# $500 once in a fiscal year at $50,000 spent on everything in the catalog, $1,500 at $90,000.
LEVELS = {**BASE, "name": "Levels", "every": "year", "pays": "once", "covers": "catalog", "items": "",
          "at_0": "$50,000", "rate_0": "$500", "at_1": "90,000", "rate_1": "$1,500"}  # fmt: skip
# 3 percent of a month's spending from 40 vials in it.
MONTHLY = {**BASE, "name": "Monthly", "every": "month", "counted": "units", "at_0": "40", "rate_0": "3%"}
# $8 a vial for all members from $70,000 of all together, in a fiscal year from October.
TOGETHER = {**BASE, "name": "Together", "every": "year", "measured": "group", "pays": "each",
            "at_0": "70,000", "rate_0": "$8"}  # fmt: skip
# $12 for every vial more than the year before, from 10% more.
MORE = {**BASE, "name": "More", "every": "half", "measured": "growth", "way": "increase", "counted": "units",
        "pays": "each", "at_0": "10% more", "rate_0": "$12"}  # fmt: skip
ALL = (VIALS, STEPS, LEVELS, MONTHLY, TOGETHER, MORE)

HEAD = "Invoice No,Invoice Date,SKU,Description,Qty,UOM,Extended Price,Type"
# Vials: 80 in the half-year before last's like (October 2024 on); then 120 + 140 - 11 = 249 in the one from October,
# and 250 in the one from April. A filler besides, and a pallet that nobody knows what it holds.
AURORA = """\
A-0,11/04/2024,T-100,Toxin,8,case,"28,000.00",
A-1,10/20/2025,T-100,Toxin,12,case,"41,000.00",
A-2,02/02/2026,T-100,Toxin,140,vial,"50,000.00",
A-2,02/05/2026,T-100,Toxin,-11,vial,"(3,850.00)",
A-3,03/31/2026,F-1,Filler,10,ea,"3,000.05",
A-4,04/01/2026,T-100,Toxin,25,case,"87,500.00",
A-5,05/05/2026,T-100,Toxin,1,pallet,"9,999.00",
A-5,05/05/2026,,Shipping and handling,1,,250.00,
"""
BOREALIS = "B-1,01/15/2026,T-100,Toxin,39,vial,13650,\nB-2,06/15/2026,T-100,Toxin,60,vials,21000.01,\n"


@pytest.fixture
def nora(sign_in):
    with time_machine.travel(OCTOBER, tick=False):
        yield sign_in("Nora", at="")


@pytest.fixture
def contract(nora):
    """With a vendor that sells vials, in cases of ten as well, and syringes."""
    toxin = {"sku": "T-100", "name": "Toxin", "unit": "vial", "other_units": "case of 10", "price": "400"}
    filler = {"sku": "F-1", "name": "Filler", "unit": "syringe", "price": "350"}
    days = {"from_day": "2024-01-01", "begins_on": "2025-10-01", "signed_on": "2025-09-20"}
    return open_contract(nora, [toxin, filler], **days)


@pytest.fixture
def shown(nora, contract):
    """shown(PROGRAM)"""
    return partial(look_at, nora, contract)


@pytest.fixture
def typed(nora, contract):
    """typed(PROGRAM)"""
    return partial(keep, nora, contract)


@pytest.fixture
def brought(sign_in, contract, aurora, borealis):
    files = (("Olivia", aurora, AURORA, 8), ("Bella", borealis, BOREALIS, 2))
    return bring_all(sign_in, contract, HEAD, files, now=OCTOBER)


earned = partial(paper.earned, since=date(2025, 10, 1), now=OCTOBER)


def test_a_sum_for_every_vial_by_half_years_from_october(typed, brought):
    # October to March: 120 + 140 - 11 = 249 vials, one below the second tier: 249 x $10.
    # April to September: 250 vials reach it: 250 x $15. The pallet counts in neither.
    # Borealis has 39, then 60 vials: no tier.
    assert earned(typed(VIALS), brought) == {("Aurora", "2025-10"): 2_490_00, ("Aurora", "2026-04"): 3_750_00}


def test_each_vial_at_the_sum_of_its_own_step(typed, brought):
    # 249: 99 x 2.50 + 100 x 4 + 50 x 6.125 = 247.50 + 400 + 306.25. 250: one more at
    # 6.125 is 959.875, to the even cent.
    # Borealis: 39 x 2.50, 60 x 2.50.
    assert earned(typed(STEPS), brought) == {
        ("Aurora", "2025-10"): 953_75,
        ("Aurora", "2026-04"): 959_88,
        ("Borealis", "2025-10"): 97_50,
        ("Borealis", "2026-04"): 150_00,
    }


def test_a_sum_once_in_a_fiscal_year_for_reaching_a_level(typed, brought):
    # Aurora: 41,000 + 50,000 - 3,850 + 3,000.05 + 87,500 + 9,999 = 187,649.05. Borealis: 34,650.01, below the first.
    assert earned(typed(LEVELS), brought) == {("Aurora", "2025-10"): 1_500_00}


def test_a_percentage_of_a_month_from_so_many_vials_in_it(typed, brought):
    # October: 120 vials, 3 % of 41,000. February: 129, 3 % of 46,150. April: 3 % of 87,500.
    # Borealis: 39 in January, none; 60 in June, 3 % of 21,000.01 = 630.0003.
    assert earned(typed(MONTHLY), brought) == {
        ("Aurora", "2025-10"): 1_230_00,
        ("Aurora", "2026-02"): 1_384_50,
        ("Aurora", "2026-04"): 2_625_00,
        ("Borealis", "2026-06"): 630_00,
    }


def test_a_sum_for_each_vial_once_all_members_reach_a_level(typed, brought):
    # Together 174,650 + 34,650.01: 8 x (249 + 250) and 8 x (39 + 60).
    assert earned(typed(TOGETHER), brought) == {("Aurora", "2025-10"): 3_992_00, ("Borealis", "2025-10"): 792_00}


def test_a_sum_for_every_vial_more_than_the_year_before(typed, brought):
    # October to March: 249 after 80: 12 x 169. April to September: nothing the year before to grow from.
    assert earned(typed(MORE), brought) == {("Aurora", "2025-10"): 2_028_00}


def test_what_it_says_is_read_before_it_is_kept(shown, words):
    vials = words(shown(VIALS))
    assert "Every half-year from April 1 and October 1, by what the member itself buys in it." in vials
    assert "From 100 vials: $10.00 for every vial that counts." in vials
    assert "99 vials Tier None Paid back $0.00" in vials
    assert "250 vials Tier Tier 2 Paid back $3,750.00" in vials
    steps = words(shown(STEPS))
    assert "$2.50 for every vial from the first to the 99th." in steps
    assert "$4.00 for every vial from the 100th to the 199th." in steps
    assert "$6.125 for every vial from the 200th on." in steps
    assert "From $50,000.00: $500.00, once a year." in words(shown(LEVELS))
    monthly = words(shown(MONTHLY))
    assert "Every month, by what the member itself buys in it." in monthly
    assert "At $100.00 a vial." in monthly
    assert "From 10% more: $12.00 for every vial that it buys beyond the year before." in words(shown(MORE))
    # The whole catalog has vials and syringes.
    assert "From 100 units: $10.00 for every unit that counts." in words(
        shown({**VIALS, "covers": "catalog", "items": ""})
    )


@pytest.mark.parametrize(
    ("typed_wrong", "says"),
    [
        ({**VIALS, "rate_0": "10%"}, "“10%” is a percentage; write a sum such as 10.00"),
        ({**MONTHLY, "rate_0": "$3"}, "“$3” is a sum; write a percentage such as 1.5%"),
        ({**VIALS, "at_0": "$100"}, "“$100” is a sum; write how many units"),
        ({**VIALS, "at_0": "99.5"}, "Tier 1 begins with a part of a unit."),
        ({**LEVELS, "rate_0": "$500.005"}, "has a part of a cent"),
        ({**VIALS, "rate_0": "$0.0000001"}, "The sum of tier 1 is too large or too fine."),
        ({**LEVELS, "way": "marginal"}, "choose flat, and write all that is paid by then beside each tier"),
        ({**LEVELS, "measured": "group"}, "however little it bought: choose a percentage or a sum for each unit"),
        ({**LEVELS, "measured": "trailing"}, "choose what the member buys in the period"),
        ({**MONTHLY, "measured": "group"}, "counted in money: choose money, or what the member itself buys"),
        ({**MONTHLY, "way": "marginal"}, "choose flat, or tiers in units with a sum for each"),
        ({**TOGETHER, "measured": "volume", "way": "marginal"}, "choose flat, or tiers in units with a sum for each"),
        ({**VIALS, "covers": "everything", "items": ""}, "choose the catalog, or the items listed"),
        ({**VIALS, "counted": "crates"}, "Choose one of these."),
        ({**VIALS, "pays": "thanks"}, "Choose one of these."),
    ],
)
def test_what_cannot_be_paid_is_refused_with_what_to_choose(shown, words, typed_wrong, says):
    answer = shown(typed_wrong)
    assert answer.status_code == 422
    assert says in words(answer)
    assert not RebateProgram.objects.exists()


def test_a_new_version_begins_where_a_half_year_ends_and_what_was_earned_stays(nora, typed, brought, words):
    program = typed(VIALS)
    before = earned(program, brought)
    path = f"/programs/{program.pk}/versions/new/"
    page = nora.get(path)
    days = [day for day, _ in page.context["form"].fields["from_day"].choices]
    assert [day for day in days if day < "2028"] == ["2026-10-01", "2027-04-01", "2027-10-01"]
    form = page.context["form"]
    assert (form["at_1"].value(), form["rate_1"].value(), form["counted"].value()) == ("250", "15.00", "units")
    later = {**STEPS, "why": "Agreed anew.", "from_day": "2027-04-01"}
    shown = nora.post(path, {**later, "step": "look"})
    assert nora.post(path, {**later, "seen": shown.context["digest"], "step": "keep"}).status_code == 303
    assert earned(program, brought) == before
    said = words(nora.get(f"/programs/{program.pk}/"))
    assert "From 100 vials: $10.00 for every vial that counts." in said
    assert "from the 200th on" in said


def test_what_ends_with_one_day_is_claimed_together_and_its_file_comes_to_the_total(
    nora, typed, brought, contract, words
):
    for program in ALL:
        typed(program)
    accrue_since(date(2025, 10, 1), now=OCTOBER)
    # September 30 ends a half-year, a year and a month: 3,750 + 959.88 + 150 + 1,500 + 3,992 + 792.
    assert "$11,143.88" in words(nora.get("/claims/"))
    new = f"/claims/new/{contract.pk}/2026-09-30/"
    asked = words(nora.get(new))
    assert "250 vials" in asked
    assert nora.post(new, {"seen": "1114388", "due_on": "2026-11-30"}).status_code == 303
    claim = Claim.objects.get()
    rows = b"".join(nora.get(f"/claims/{claim.pk}/file/").streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].endswith(",Amount,Rebate,Currency,Units")
    assert sum(Decimal(row.split(",")[-3]) for row in rows[1:]) == Decimal("11143.88")
    assert [row.split(",", 3)[3] for row in rows if "By the vial" in row] == [
        "2026-04-01,2026-09-30,A-4,,2026-04-01,T-100,25,case,87500.00,3750.00,USD,250"
    ]
    # A month alone is claimed by the day on which it ends.
    june = f"/claims/new/{contract.pk}/2026-06-30/"
    assert "$630.00" in words(nora.get(june))
    # Nothing ends amid a month.
    assert nora.get(f"/claims/new/{contract.pk}/2026-06-15/").status_code == 404


def test_members_read_how_many_more_to_buy_and_each_cent(sign_in, typed, brought, aurora, borealis, words):
    program = typed(VIALS)
    typed(LEVELS)
    accrue_since(date(2025, 10, 1), now=OCTOBER)
    bella = sign_in("Bella", at=borealis.slug)
    third = words(bella.get("/savings/?quarter=2026-Q3"))
    assert "Lumen: buy 40 vials more by Sep 30 for tier 1" in third
    assert "60 vials bought so far" in third
    # 100 vials at $10.
    assert "Reaching it brings about $1,000.00 more. The sum of the tier counts for every vial." in third
    assert "Lumen: spend $15,349.99 more by Sep 30 for tier 1" in third
    assert "The sum of the tier is paid once a year." in third
    olivia = sign_in("Olivia", at=aurora.slug)
    accrual = Accrual.objects.get(program=program, practice=aurora.id, first=date(2025, 10, 1))
    page = words(olivia.get(f"/savings/rebates/{accrual.pk}/"))
    assert "249 vials on 3 lines that count" in page
    assert "Tier $10.00 a vial" in page
    rows = olivia.get(f"/savings/rebates/{accrual.pk}/lines/").content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [
        "2026-03-31,A-3,,F-1,Filler,10,10,3000.05,,The program leaves this item out",
        "2026-02-05,A-2,,T-100,Toxin,-11,-11,-3850.00,-110.00,",
        "2026-02-02,A-2,,T-100,Toxin,140,140,50000.00,1400.00,",
        "2025-10-20,A-1,,T-100,Toxin,12,120,41000.00,1200.00,",
    ]
    second = Accrual.objects.get(program=program, practice=aurora.id, first=date(2026, 4, 1))
    assert "Nobody said how many units that is" in words(olivia.get(f"/savings/rebates/{second.pk}/"))
    assert "From 250 vials: $15.00 for every vial that counts." in words(olivia.get(f"/offers/{program.contract_id}/"))
