"""What a vendor pays is said anew: members who bought already see what it brings them at once, not the next morning."""

from dataclasses import replace
from datetime import date

import pytest

from billing.purchasing.contracts.end import end_contract
from billing.purchasing.contracts.sign import sign_contract
from billing.purchasing.models import Accrual
from billing.purchasing.programs.write_version import add_version, start_program
from billing.purchasing.rebates.accrue import accrue_since
from billing.purchasing.rebates.jobs import accrue_vendor
from tests.billing.purchasing import selling
from tests.billing.purchasing.test_write_a_program import TERMS, tiers

TODAY = date(2026, 11, 23)
OCTOBER = "A-1,,2026-10-05,SF-100,,1,,20000,"


@pytest.fixture
def run_at_once(monkeypatch, django_capture_on_commit_callbacks):
    """run_at_once(ACT): the act, committed, and the job that it asked for, done."""

    def committed(act, *args, **kwargs):
        asked = []
        monkeypatch.setattr(accrue_vendor, "apply_async", lambda kwargs: asked.append(kwargs), raising=False)
        with django_capture_on_commit_callbacks(execute=True):
            made = act(*args, **kwargs)
        for one in asked:
            accrue_vendor.run(**one)
        return made

    return committed


def cents(member):
    return sum(Accrual.objects.filter(practice=member.id).values_list("cents", flat=True))


def test_a_program_of_a_signed_contract_is_earned_at_once(bring, deal, aurora, run_at_once):
    bring(OCTOBER)
    run_at_once(start_program, contract_id=deal.contract.pk, name="Volume", terms=TERMS)
    assert cents(aurora) == 40_000


def test_so_is_what_a_running_one_says_anew(bring, deal, aurora, run_at_once):
    bring(OCTOBER)
    program = run_at_once(start_program, contract_id=deal.contract.pk, name="Volume", terms=TERMS)
    terms = replace(TERMS, from_day=date(2026, 10, 1), tiers=tiers((1_000_000, "0.03")))
    run_at_once(add_version, program_id=program.pk, terms=terms, why="It was 3 percent.", today=TODAY)
    assert cents(aurora) == 60_000


def test_a_program_of_a_draft_is_earned_once_both_have_signed(bring, deal, aurora, run_at_once):
    draft = selling.contract(deal.vendor, signed=False)
    bring(OCTOBER)
    run_at_once(start_program, contract_id=draft.pk, name="Volume", terms=TERMS)
    assert cents(aurora) == 0
    hands = {"signed_by": "Nora Nolan", "signed_for_vendor_by": "Vera Vance", "fee_is_stated": True}
    run_at_once(sign_contract, contract_id=draft.pk, signed_on=TODAY, today=TODAY, **hands)
    assert cents(aurora) == 40_000


def test_what_was_bought_after_the_last_day_earns_nothing_any_more(bring, deal, aurora, run_at_once, now):
    bring(OCTOBER)
    run_at_once(start_program, contract_id=deal.contract.pk, name="Volume", terms=TERMS)
    run_at_once(end_contract, contract_id=deal.contract.pk, ends_on=date(2026, 9, 30))
    assert cents(aurora) == 0
    accrue_since(date(2026, 1, 1), now=now)
    assert cents(aurora) == 0
