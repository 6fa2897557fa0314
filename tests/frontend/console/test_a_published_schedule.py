"""A published schedule, typed into the console as it stands in its file, pays what was published.

Source: US Communities / Miami-Dade County, Master Purchase Agreement 2003, attachment D.
"""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.conf import settings

from billing.purchasing.accrual import Line, accrue
from billing.purchasing.models import RebateProgram
from billing.purchasing.programs.in_force import rules_for
from billing.purchasing.programs.periods import period_of
from tests.billing.purchasing import selling

pytestmark = pytest.mark.real_data

SCHEDULE = Path(settings.REAL_DATA_DIR) / "rebates" / "miami_dade_2003.csv"
YEAR = period_of("year", date(2026, 1, 1))


@pytest.fixture
def published():
    if not SCHEDULE.exists():
        pytest.skip(f"{SCHEDULE} is absent: set REAL_DATA_DIR")
    with SCHEDULE.open(newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize(("way", "paid"), [("flat", [0, 500_000, 2_000_000, 4_500_000, 8_000_000]),
                                           ("marginal", [0, 0, 500_000, 1_500_000, 3_000_000])])  # fmt: skip
def test_the_published_tiers_pay_what_was_published(sign_in, published, way, paid):
    nora, contract = sign_in("Nora", at=""), selling.contract(selling.vendor())
    path = f"/contracts/{contract.pk}/programs/new/"
    tiers = {f"at_{row}": f"${int(tier['annual_from_usd']):,}" for row, tier in enumerate(published)}
    rates = {f"rate_{row}": f"{Decimal(tier['rate']) * 100:f} %" for row, tier in enumerate(published)}
    typed = {
        "name": "Net spend", "from_day": "2026-01-01", "every": "year", "measured": "volume", "way": way,
        "covers": "everything", "items": "", "cap": "", **tiers, **rates,
    }  # fmt: skip
    shown = nora.post(path, {**typed, "step": "look"})
    kept = nora.post(path, {**typed, "seen": shown.context["digest"], "step": "keep"})
    assert kept.status_code == 303

    rules = rules_for(RebateProgram.objects.get(), YEAR)

    assert rules is not None
    bounds = [int(tier["annual_from_usd"]) * 100 for tier in published]
    found = [accrue([Line("1", YEAR.first, at)], period=YEAR, schedule=rules.schedule, measured=rules.measured)
             for at in (bounds[0] - 1, *bounds)]  # fmt: skip
    assert [one.cents for one in found] == paid
    assert [one.tier for one in found] == [None, 0, 1, 2, 3]
    # The page before saving showed the same.
    assert [one.cents for one in shown.context["examples"]][:5] == paid
