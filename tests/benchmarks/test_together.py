"""With all releases of a month together two members know nobody else; without control the same attack tells."""

import pytest

from infra.attack.couples import search
from infra.attack.lifted import LIFTED, UNCONTROLLED
from infra.attack.publish import publish
from infra.attack.story import METRICS, stories
from infra.attack.together import search_together

SEEDS = (1, 2, 3)


def story(metric, **network):
    return next(one for one in stories(**network) if one.definition.key == metric)


def attacked(one, released, **how):
    return search_together(dict(one.values), released, one.knowledge, **how)


def small(one):
    return [view for view in publish(one, UNCONTROLLED).views if len(view.values) <= 3]


@pytest.mark.parametrize("metric", METRICS)
def test_half_a_year_of_forty_members_tells_two_of_them_nobody(metric):
    one = story(metric, members=40, months=6, seed=5)
    views = publish(one).views
    found = attacked(one, views)
    assert found.attacks > 100
    assert (found.told, found.open) == ((), ())
    side_by_side = search(dict(one.values), views, one.knowledge)
    assert side_by_side.attacks > 100
    assert (side_by_side.told, side_by_side.open) == ((), ())


@pytest.mark.parametrize("metric", METRICS)
def test_without_control_the_same_attack_tells(metric):
    one = story(metric, members=40, months=6, seed=4)
    assert attacked(one, small(one), enough=1).told


@pytest.mark.parametrize(
    ("rule", "seed"),
    [
        # Three of a region of ten correct a month, and two of them know the third.
        ("at least 5 corrections in a revision", 1),
        # Eight of a region of ten are alike.
        pytest.param("others not all alike", 2, marks=pytest.mark.slow),
    ],
)
def test_a_network_from_which_one_rule_is_taken_away_gives_somebody_away(rule, seed):
    one = story("nps", members=40, months=12, seed=seed)
    assert attacked(one, publish(one).views).told == ()
    assert attacked(one, publish(one, LIFTED[rule]).views, enough=1).told


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("metric", METRICS)
def test_two_years_of_forty_members_tell_two_of_them_nobody(metric, seed):
    one = story(metric, members=40, months=24, seed=seed)
    views = publish(one).views
    for found in (attacked(one, views), search(dict(one.values), views, one.knowledge)):
        assert (found.told, found.open) == ((), ())
