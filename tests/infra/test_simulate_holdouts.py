"""Whether hold-outs keep what they promise, on networks whose truth is known."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from infra.simulated_networks.looks import Tally
from infra.simulated_networks.simulate import Row, simulate
from infra.simulated_networks.truth import Truth


@pytest.fixture(scope="module")
def some():
    return simulate(networks=250, practices=[5, 12], seed=3)


def test_the_final_interval_holds_the_truth(some):
    for row in some:
        assert row.covered == pytest.approx(0.95, abs=0.045)
        assert row.practice_covered == pytest.approx(0.95, abs=0.025)


def test_looking_every_month_finds_little_where_nothing_is(some):
    for row in some:
        if row.truth != Truth.SOME:
            assert row.called <= 0.095
            # What the interval of the end would do to them.
            assert row.tally.called_naively / row.tally.networks > 0.15


def test_credit_for_the_last_contact_claims_a_lift_that_is_not_there(some):
    nowhere = next(row for row in some if row.truth == Truth.NOWHERE)
    assert nowhere.tally.lift == 0
    assert nowhere.tally.credit / nowhere.tally.networks > 0.1


def test_the_same_seed_makes_the_same_table():
    assert simulate(networks=20, practices=[3], seed=8) == simulate(networks=20, practices=[3], seed=8)
    assert simulate(networks=20, practices=[3], seed=8) != simulate(networks=20, practices=[3], seed=9)


def test_a_bound_that_is_not_kept_is_said():
    def row(covered, called, truth=Truth.NOWHERE):
        return Row(5, truth, Tally(1000, covered, called, called, called, 1000, 950, 50, 0.0, 0.0))

    assert list(row(950, 50).outside()) == []
    assert list(row(929, 50).outside()) == [
        "5 practices, no effect anywhere: the final pooled interval covers 92.9%, not 93.0% to 97.5%."
    ]
    assert len(list(row(976, 66).outside())) == 2
    assert list(row(950, 500, Truth.SOME).outside()) == []


def test_the_command_prints_a_table_and_fails_outside_of_the_bounds(monkeypatch):
    out, err = StringIO(), StringIO()
    monkeypatch.setattr("os.cpu_count", lambda: 1)
    # Two networks cannot cover 95 %.
    with pytest.raises(SystemExit) as left:
        call_command("simulate_holdouts", "--networks", "2", "--practices", "3", stdout=out, stderr=err)
    assert left.value.code == 1
    assert "no effect anywhere" in out.getvalue()
    assert "2 networks scatter by themselves" in err.getvalue()


@pytest.mark.parametrize(
    "arguments", [("--networks", "0"), ("--practices", "1"), ("--seed", "-1"), ("--networks", "x")]
)
def test_the_command_says_what_it_can_read(arguments):
    with pytest.raises(CommandError, match="is not a whole number from"):
        call_command("simulate_holdouts", *arguments)


@pytest.mark.slow
@pytest.mark.parametrize("seed", [1, 77, 20260901])
def test_every_bound_is_kept_at_five_ten_and_forty_practices(seed):
    rows = simulate(networks=2000, practices=[5, 10, 40], seed=seed, processes=2)
    assert [sentence for row in rows for sentence in row.outside()] == []
