"""Hidden and absent figures say why."""

import pytest

from frontend.charts.hush import Rule, absent, hidden


@pytest.mark.parametrize("rule", Rule)
def test_every_rule_says_what_is_hidden_and_what_it_waits_for(rule):
    box = hidden(rule)
    assert box.title
    assert box.why
    assert box.sentence == f"{box.title}. {box.why}."


def test_rules_are_told_apart_by_their_words():
    assert len({hidden(rule) for rule in Rule}) == len(Rule)


def test_an_absent_figure_is_not_zero_and_says_what_makes_it_appear():
    box = absent(waiting_for="the first answer at checkout")
    assert box.sentence == "Nothing recorded yet. Appears with the first answer at checkout."
