"""The playbook's rule for those who drift."""

from datetime import timedelta

import pytest

from loyalty.drifting.leave import leave_for_now
from loyalty.drifting.plan import MOST_A_NIGHT, plan_drifting
from loyalty.drifting.refresh import refresh_drift
from loyalty.models import Drift, PlaybookRule, Touchpoint
from loyalty.touchpoints.dry_run import dry_run
from loyalty.touchpoints.rules import switch_rule


@pytest.fixture
def rule(house):
    """As every practice starts with it."""
    return PlaybookRule.objects.get(trigger="drifting")


@pytest.fixture
def away(came, now):
    """Eight who have not been here for 161 days, where a hundred are usual."""
    patients = [came("Away", 561, 461, 361, 261, 161) for _ in range(8)]
    refresh_drift(now=now)
    return patients


def test_each_night_it_asks_for_a_few_calls(rule, away, now):
    assert plan_drifting(now=now) == MOST_A_NIGHT
    made = Touchpoint.objects.filter(rule=rule)
    assert {(one.kind, one.channel, one.role) for one in made} == {("check_in", "call", "front_desk")}
    assert all(now < one.due_at < now + timedelta(days=4) for one in made)


def test_those_first_that_could_save_most_and_none_twice(rule, away, now):
    plan_drifting(now=now)
    first = set(Touchpoint.objects.values_list("patient_id", flat=True))
    ranked = Drift.objects.filter(patient__in=away).order_by("-worth").values_list("worth", flat=True)
    assert len(first) == MOST_A_NIGHT
    assert min(Drift.objects.filter(patient__in=first).values_list("worth", flat=True)) >= ranked[MOST_A_NIGHT - 1]
    later = now + timedelta(days=1)
    plan_drifting(now=later)
    plan_drifting(now=later + timedelta(days=1))
    planned = list(Touchpoint.objects.values_list("patient_id", flat=True))
    assert len(planned) == len(set(planned))
    assert {one.id for one in away} <= set(planned)


def test_a_rule_that_is_off_asks_for_nothing(rule, away, now):
    switch_rule(rule_id=rule.id, is_on=False)
    assert plan_drifting(now=now) == 0


def test_nobody_is_asked_for_whom_the_team_leaves_or_who_is_known_from_history_only(rule, came, now):
    Drift.objects.all().delete()
    left, old = came("Left", 561, 461, 361, 261, 161), came("Old", 561, 461, 361, 261, 161, history=True)
    refresh_drift(now=now)
    leave_for_now(patient_id=left.id, until=now.date() + timedelta(days=20), reason="", by_staff_id=None, now=now)
    for night in range(12):
        plan_drifting(now=now + timedelta(days=night))
    assert not Touchpoint.objects.filter(patient__in=[left, old]).exists()


def test_it_can_be_tried_out(rule, away, now):
    last_month = now.replace(day=1) - timedelta(days=1)
    Drift.objects.filter(patient__in=away[:3]).update(
        last_on=last_month.date() - timedelta(days=100),
        expected_on=last_month.date() - timedelta(days=20),
        late_from=last_month.date(),
        gone_from=now.date() + timedelta(days=100),
    )
    before = Touchpoint.objects.count()
    assert {one.patient_id for one in dry_run(rule, now=now).shown} >= {one.id for one in away[:3]}
    assert Touchpoint.objects.count() == before
