"""What members earned is worked out from their lines, by the rules of the period, and always to the same cent."""

import random
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from billing.purchasing.models import Accrual, Contract, PurchaseLine, RebateProgram
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.explain import Why, explain, shares_of
from core.tenancy.scope import practice_scope
from tests.billing.purchasing import selling

OCTOBER = date(2026, 10, 5)


def row(amount, *, day=OCTOBER, sku="SF-100", invoice="A-1", kind=""):
    """One line of `amount` dollars."""
    return f"{invoice},,{day},{sku},,1,,{amount},{kind}"


@pytest.fixture
def earned(now, aurora):
    """earned(): what Aurora earned in the quarter of `day`, worked out now."""

    def found(*, day=OCTOBER, member=aurora, **of):
        accrue_since(day, now=now)
        return Accrual.objects.get(practice=member.id, first__lte=day, last__gte=day, **of)

    return found


@pytest.mark.parametrize(
    ("amounts", "tier", "cents", "to_next"),
    [
        (["999.99"], None, 0, 1),
        (["1000.00"], 0, 2_000, 900_000),
        (["9999.99"], 0, 20_000, 1),
        (["10000.00"], 1, 40_000, None),
        (["10000.00", "-0.01"], 0, 20_000, 1),
        (["-50.00"], None, 0, 105_000),
    ],
)
def test_at_below_and_above_each_tier(bring, make_program, earned, amounts, tier, cents, to_next):
    make_program()
    bring(*[row(amount) for amount in amounts])
    found = earned()
    assert (found.tier, found.cents, found.to_next_minor) == (tier, cents, to_next)


def test_freight_unknown_items_and_other_days_do_not_count(bring, make_program, earned, deal):
    make_program(items=(deal.toxin,))
    bring(
        row("2000"),
        row("50", kind="freight"),
        row("700", sku="WHO-KNOWS"),
        row("600", sku="ST-200"),
        row("900", day=date(2026, 9, 30)),
    )
    found = earned()
    assert (found.base_minor, found.cents) == (200_000, 4_000)
    whys = {one.line.amount_minor: one.why for one in explain(found)}
    assert whys == {200_000: None, 5_000: Why.FREIGHT, 70_000: Why.UNKNOWN, 60_000: Why.EXCLUDED}


def test_a_program_on_all_net_spend_counts_what_stands_in_no_catalog(bring, make_program, earned):
    make_program(covers="everything")
    bring(row("2000"), row("700", sku="WHO-KNOWS"), row("50", kind="freight"))
    assert earned().base_minor == 270_000


def test_a_program_on_some_items_counts_these(bring, make_program, earned, deal):
    make_program(covers="listed", items=(deal.toxin,))
    bring(row("2000"), row("6000", sku="ST-200"))
    assert earned().base_minor == 600_000


def test_only_days_of_the_contract_count(bring, make_program, earned, deal):
    make_program()
    deal.contract.ends_on = date(2026, 10, 31)
    deal.contract.save()
    bring(row("2000"), row("3000", day=date(2026, 11, 2)))
    found = earned()
    assert found.base_minor == 200_000
    assert {one.why for one in explain(found)} == {None, Why.OFF_CONTRACT}


def test_growth_is_measured_against_the_same_quarter_of_the_year_before(bring, make_program, earned):
    make_program(measured="growth", tiers=(("1.1", "0.03"),))
    bring(row("1000", day=date(2025, 10, 7)), row("1099.99"))
    assert earned().tier is None
    bring(row("0.01", invoice="A-2"))
    assert (earned().tier, earned().cents) == (0, 3_300)


def test_marginal_growth_pays_on_what_was_bought_beyond_the_year_before(bring, make_program, earned):
    make_program(measured="growth", way="marginal", tiers=(("1", "0.02"), ("1.1", "0.03")))
    bring(row("1000", day=date(2025, 10, 7)), row("1150"))
    # 2 percent of $100 and 3 of $50.
    assert (earned().tier, earned().cents) == (1, 350)
    bring(row("-150.01", invoice="A-2"))
    assert (earned().tier, earned().cents, earned().to_next_minor) == (None, 0, 1)


def test_growth_over_nothing_earns_nothing(bring, make_program, earned):
    make_program(measured="growth", tiers=(("1.1", "0.03"),))
    bring(row("5000"))
    assert (earned().tier, earned().cents, earned().to_next_minor) == (None, 0, None)


def test_the_moving_total_looks_at_twelve_months(bring, make_program, earned):
    make_program(measured="trailing", tiers=((500_000, "0.05"),))
    bring(row("100", day=date(2025, 12, 31)), row("4000", day=date(2026, 1, 1)), row("1000"))
    assert (earned().tier, earned().cents) == (0, 5_000)
    # The last day of 2025 is no longer in it; without January it is not reached.
    PurchaseLine.objects.filter(day=date(2026, 1, 1)).update(day=date(2025, 12, 30))
    assert earned().tier is None


def test_a_line_of_last_year_changes_what_growth_earns_this_year(bring, make_program, earned, now, aurora):
    make_program(measured="growth", tiers=(("1.1", "0.03"),))
    bring(row("1000", day=date(2025, 10, 7)), row("1100"))
    assert earned().cents == 3_300
    bring(row("500", day=date(2025, 10, 8), invoice="LATE"))
    accrue_since(date(2025, 10, 8), member_id=aurora.id, now=now)
    assert Accrual.objects.get(practice=aurora.id, first=date(2026, 10, 1)).cents == 0


def test_a_cap_is_the_most_that_is_earned(bring, make_program, earned):
    make_program(cap=1_500)
    bring(row("1000"))
    assert earned().cents == 1_500


def test_a_year_is_one_period(bring, make_program, earned):
    make_program(every="year")
    bring(row("600", day=date(2026, 2, 1)), row("400"))
    found = earned()
    assert (found.first, found.last, found.cents) == (date(2026, 1, 1), date(2026, 12, 31), 2_000)


def test_a_year_of_the_contract_ends_with_its_own_last_day(bring, make_program, now):
    make_program(every="year", from_day=date(2025, 10, 1))
    bring(row("600", day=date(2026, 1, 2)), row("400", day=date(2026, 9, 30)), row("50", day=date(2026, 10, 1)))
    accrue_since(date(2026, 9, 30), now=now)
    years = {one.first: (one.last, one.base_minor, one.cents) for one in Accrual.objects.all()}
    assert years[date(2025, 10, 1)] == (date(2026, 9, 30), 100_000, 2_000)
    assert years[date(2026, 10, 1)] == (date(2027, 9, 30), 5_000, 0)


def test_an_unsigned_contract_earns_nothing(bring, make_program, deal, now):
    unsigned = Contract.objects.create(
        vendor=deal.vendor, number="DRAFT", name="Draft", begins_on=date(2026, 1, 1), fee="none"
    )
    program = make_program()
    RebateProgram.objects.filter(id=program.id).update(contract=unsigned)
    bring(row("1000"))
    assert accrue_since(OCTOBER, now=now) == 0


def test_taking_lines_out_takes_the_earnings_back(bring, make_program, earned):
    make_program()
    bring(row("1000"))
    assert earned().cents == 2_000
    PurchaseLine.objects.all().delete()
    assert (earned().cents, earned().base_minor) == (0, 0)


def test_what_each_line_stands_for_comes_to_what_was_earned(bring, make_program, earned):
    make_program(tiers=((1, "0.0333"),))
    bring(*[row(f"{17 * n}.{n:02}", invoice=f"I-{n}") for n in range(1, 30)], row("-100.01", invoice="R-1"))
    found = earned()
    shares = shares_of(found)
    assert sum(shares.values()) == found.cents > 0
    assert len(shares) == 30


@pytest.mark.parametrize("seed", range(4))
def test_order_splitting_and_reading_again_never_change_a_cent(bring, make_program, earned, seed):
    chance = random.Random(seed)
    make_program(tiers=((1, "0.0137"), (500_000, "0.0271"), (900_000, "0.0333")))
    days = [OCTOBER + timedelta(days=n) for n in range(20)]
    rows = [
        (f"I-{n}", chance.choice(days), chance.randint(1, 9), chance.randint(-2_000, 40_000) / 100) for n in range(60)
    ]
    first = [f"{invoice},,{day},SF-100,,{units},,{price * units:.2f}," for invoice, day, units, price in rows]
    bring(*first)
    before = earned()
    bring(*first)
    assert earned().cents == before.cents
    PurchaseLine.objects.all().delete()
    chance.shuffle(first)
    bring(*first)
    assert (earned().cents, earned().base_minor) == (before.cents, before.base_minor)
    PurchaseLine.objects.all().delete()
    # Each line in as many lines as it has units, at the same price.
    split = [f"{invoice},,{day},SF-100,,1,,{price:.2f}," for invoice, day, units, price in rows for _ in range(units)]
    bring(*split)
    assert (earned().cents, earned().base_minor) == (before.cents, before.base_minor)


def test_a_member_sees_its_own_earnings_and_nobody_elses(bring, make_program, now, aurora, borealis):
    make_program()
    bring(row("1000"))
    bring(row("3000"), by=borealis)
    accrue_since(OCTOBER, now=now)
    with practice_scope(aurora):
        assert [one.cents for one in Accrual.objects.all()] == [2_000]
        (mine,) = Accrual.objects.select_related("program__contract")
        assert [one.cents for one in explain(mine)] == [2_000]


def test_only_the_member_whose_lines_changed_is_worked_out_again(bring, make_program, now, aurora, borealis):
    make_program()
    bring(row("1000"))
    bring(row("3000"), by=borealis)
    accrue_since(OCTOBER, now=now)
    later = now + timedelta(hours=1)
    assert accrue_since(OCTOBER, member_id=aurora.id, now=later) == 1
    assert Accrual.objects.get(practice=borealis.id, first=date(2026, 10, 1)).computed_at == now


def test_a_new_version_rules_from_its_day_and_not_before(bring, make_program, earned):
    program = make_program()
    version = program.versions.create(
        number=2, from_day=date(2026, 10, 1), every="quarter", measured="volume", way="flat", why="A better rate"
    )
    version.tiers.create(place=0, at=Decimal(100_000), rate=Decimal("0.05"))
    bring(row("1000"), row("1000", day=date(2026, 9, 1)))
    assert earned().cents == 5_000
    assert earned(day=date(2026, 9, 1)).cents == 2_000


def test_what_was_worked_out_of_shorter_periods_goes_when_they_become_longer(bring, make_program, now, aurora):
    program = make_program(every="month", tiers=((1, "0.01"),), from_day=date(2026, 10, 1))
    bring(row("1000.00"), row("2000.00", day=date(2026, 11, 3), invoice="A-2"))
    accrue_since(OCTOBER, now=now)
    assert sorted(one.cents for one in Accrual.objects.filter(practice=aurora.id)) == [1_000, 2_000]
    selling.version(program, 2, from_day=date(2026, 10, 1), every="half", tiers=[("1", "0.01")])
    accrue_since(date(2026, 11, 3), now=now)
    (found,) = Accrual.objects.filter(practice=aurora.id)
    assert (found.first, found.last, found.cents) == (date(2026, 10, 1), date(2027, 3, 31), 3_000)


def test_half_years_and_months_of_any_beginning_count_their_own_days(bring, make_program, earned):
    make_program(name="Half", every="half", from_day=date(2026, 2, 1), tiers=((1, "0.01"),))
    make_program(name="Month", every="month", from_day=date(2026, 2, 1), tiers=((1, "0.01"),))
    bring(row("100.00", day=date(2026, 7, 31)), row("200.00", day=date(2026, 8, 1), invoice="A-2"), row("400.00"))
    half, month = (earned(program__name=name) for name in ("Half", "Month"))
    assert (half.first, half.last, half.cents) == (date(2026, 8, 1), date(2027, 1, 31), 600)
    assert (month.first, month.last, month.cents) == (date(2026, 10, 1), date(2026, 10, 31), 400)
    before = earned(day=date(2026, 7, 31), program__name="Half")
    assert (before.first, before.last, before.cents) == (date(2026, 2, 1), date(2026, 7, 31), 100)


def test_the_clock_decides_which_periods_there_are(bring, make_program, aurora):
    make_program()
    bring(row("1000", day=date(2026, 2, 1)))
    accrue_since(date(2026, 2, 1), now=datetime(2026, 5, 1, tzinfo=UTC))
    firsts = set(Accrual.objects.filter(practice=aurora.id).values_list("first", flat=True))
    assert firsts == {date(2026, 1, 1)}
