"""For each rule of disclosure control a network in which it alone keeps somebody from being worked out."""

import pytest
from django.core.management import CommandError, call_command

from infra.attack.cases import CASES, changed, elsewhere, joined
from infra.attack.cases_of_changes import left, parted
from infra.attack.cases_of_figures import crossed
from infra.attack.couples import search
from infra.attack.lifted import LIFTED, UNCONTROLLED
from infra.attack.publish import publish
from infra.attack.story import stories
from infra.attack.trial import with_rule, without_rule
from infra.attack.views import plain_weights
from loyalty.benchmarks.position import band
from loyalty.benchmarks.quantiles import Quantiles, smoothed
from loyalty.metrics.definitions import DEFINITIONS

SHARE = DEFINITIONS["note_coverage"]
# Two months or groups side by side take most of a minute to solve.
LONG = (changed, joined, elsewhere, crossed, left, parted)


def story(metric, **network):
    return next(one for one in stories(**network) if one.definition.key == metric)


def test_without_control_a_made_up_network_gives_somebody_away():
    one = story("note_coverage", members=30, months=3, seed=4)
    small = [view for view in publish(one, UNCONTROLLED).views if len(view.values) <= 3]
    assert search(dict(one.values), small, one.knowledge, enough=1).told


def test_a_group_that_is_no_more_still_counts_as_what_was_released():
    # The regions end and sizes begin: a size that holds a whole region of last quarter and one more is held.
    case = elsewhere()
    released = publish(case.story)
    assert not [view.name for view in released.views if view.name.startswith("9 or more")]
    assert released.hidden["held"] >= 1


@pytest.mark.parametrize(
    "case", [pytest.param(case, marks=pytest.mark.slow if case in LONG else (), id=case.__name__) for case in CASES]
)
def test_one_rule_protects_somebody_who_is_disclosed_without_it(case):
    assert not with_rule(case()).is_disclosed
    assert without_rule(case()).is_disclosed


def test_each_rule_that_can_be_taken_away_has_its_case():
    assert {case().rule for case in CASES} == set(LIFTED)


def test_a_plain_quantile_is_some_practices_value_and_a_smoothed_one_is_of_three():
    values = [12.0, 20, 31, 38, 44, 52, 57, 66, 71, 83, 95]
    # Everybody knows who is the largest but one: that practice's value is P90, to the last digit.
    assert sum(values[rank] * weight for rank, weight in plain_weights(11, 90).items()) == 83
    # Smoothed, the same P90 is released where it has 75, and where it has 88.5.
    for top in ([74.0, 75.0, 100.0], [71.0, 88.5, 89.5]):
        assert smoothed([*values[:-3], *top], SHARE).p90 == smoothed(values, SHARE).p90 == 83


def test_an_exact_percentile_finds_every_value_by_asking_and_a_band_tells_only_what_is_released():
    others = [12.0, 20, 31, 38, 44, 52, 57, 66, 71, 83]

    def below(fake):
        return sum(value < fake for value in others)

    found = []
    for rank in range(len(others)):
        low, high = 0.0, 100.0
        while high - low > 1e-6:
            middle = (low + high) / 2
            low, high = (low, middle) if below(middle) > rank else (middle, high)
        found.append(round(low, 3))
    assert found == others
    # The band of any fake follows from the five figures alone, which the member has anyway.
    released = smoothed(others, SHARE)
    assert {band(fake, released) for fake in range(101)} == {band(fake, Quantiles(*released)) for fake in range(101)}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--members", "3"], "--members must be from 12 to 200"),
        (["--months", "1"], "--months must be from 2 to 60"),
        (["--seed", "-1"], "--seed must be from 0"),
    ],
)
def test_the_command_refuses_numbers_that_make_no_network(words, said):
    with pytest.raises(CommandError, match=said):
        call_command("attack_benchmarks", *words)


def test_the_command_says_in_a_table_who_is_disclosed(capsys):
    call_command("attack_benchmarks", "--members", "12", "--months", "2", "--metric", "nps", "--no-rules")
    said = capsys.readouterr().out
    assert "under control    0 disclosed" in said
    assert "Nobody is disclosed under control." in said
