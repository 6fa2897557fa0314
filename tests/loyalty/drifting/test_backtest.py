"""What the model would have said a year ago, against what happened."""

from datetime import date, timedelta

import pytest

from loyalty import drift
from loyalty.drifting.backtest import backtest
from loyalty.drifting.look_back import last_backtest
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.visits import PatientVisits
from tests.drift import story

TODAY = date(2026, 11, 23)


def test_of_a_practice_that_lives_by_the_model_it_says_what_happens():
    parameters = drift.Parameters(r=2, alpha=110, a=1, b=2, k=2)
    patients = [
        PatientVisits(number, tuple(sorted({TODAY - timedelta(days=round(ago)) for ago in visits})), None)
        for number, visits in enumerate(story.visits_ago(parameters, patients=3000, seed=6))
    ]
    found = backtest(patients, today=TODAY)
    assert found.returned_said == pytest.approx(found.returned, rel=0.08)
    assert found.visits_said == pytest.approx(found.visits, rel=0.08)
    # 95 % intervals: of eight, one may well miss, four may not.
    assert sum(group.low <= group.said <= group.high for group in found.groups) >= 6
    assert [group.said for group in found.groups] == sorted(group.said for group in found.groups)
    assert sum(group.patients for group in found.groups) == found.patients


def test_only_what_was_known_then_is_used():
    known = [PatientVisits(n, (TODAY - timedelta(days=900), TODAY - timedelta(days=800 - n)), None) for n in range(40)]
    newer = [PatientVisits(100 + n, (TODAY - timedelta(days=200),), None) for n in range(40)]
    back = [PatientVisits(one.patient_id, (*one.days, TODAY - timedelta(days=5)), None) for one in known]
    without, with_news = backtest(known, today=TODAY), backtest(back + newer, today=TODAY)
    assert with_news.patients == without.patients == 40
    assert with_news.returned_said == without.returned_said
    assert (without.returned, with_news.returned) == (0, 40)


def test_too_few_say_nothing(came, now):
    came("Ana", 900, 800, 700)
    refresh_drift(now=now)
    assert last_backtest() is None


def test_the_night_keeps_it(came, now):
    for number in range(40):
        came("Ana", 900 + number, 800, 700, *((100,) if number % 2 else ()))
    refresh_drift(now=now)
    found = last_backtest()
    assert (found.patients, found.returned) == (40, 20)
    assert len(found.groups) == 1
