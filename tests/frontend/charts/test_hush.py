"""Hidden and absent figures say why."""

import pytest

from frontend.charts.hush import absent, hidden
from loyalty.benchmarks.rules import NO_AGREEMENT, NOT_CONTRIBUTING, NOT_RELEASED, RULES
from loyalty.metrics.definition import Source


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_hidden_figure_names_the_rule_that_hid_it(rule):
    box = hidden(rule)
    assert box.title == f"{rule.title}: hidden"
    assert box.why == rule.sentence


def test_hidden_figures_are_told_apart_by_their_words():
    assert len({hidden(rule).title for rule in RULES.values()}) == len(RULES)


def test_an_absent_figure_is_not_zero_and_says_what_is_missing():
    assert absent(Source.ANSWERS).why == "No feedback answers were recorded."


@pytest.mark.parametrize("rule", [NOT_RELEASED, NO_AGREEMENT, NOT_CONTRIBUTING])
def test_what_only_waits_is_not_called_hidden(rule):
    assert hidden(rule).title == rule.title
