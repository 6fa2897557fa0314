"""How long it takes until somebody who came for the first time is back, as the night saw it."""

from datetime import date, timedelta

import pytest

from loyalty.drifting.coming_back import last_coming_back
from loyalty.drifting.first_return import first_return
from loyalty.drifting.refresh import refresh_drift
from loyalty.drifting.visits import PatientVisits

TODAY = date(2026, 11, 23)


def came_ago(*ago):
    return PatientVisits(0, tuple(sorted(TODAY - timedelta(days=days) for days in ago)), None)


def test_whoever_is_not_back_yet_counts_for_as_long_as_they_have_waited():
    # Ten back after 20 days; twenty who wait since 25 days: at day 30 nobody knows of them, so it is told up to there.
    found = first_return([came_ago(200, 180)] * 10 + [came_ago(25)] * 20, today=TODAY)
    assert (found.patients, found.back, found.points) == (30, 10, ())
    found = first_return([came_ago(200, 180)] * 10 + [came_ago(45)] * 10 + [came_ago(400)] * 20, today=TODAY)
    # A third by day 30, of all of them; and by day 60 the same third, of those who were seen for so long.
    assert [(one.day, round(one.share, 4), one.followed) for one in found.points[:2]] == [
        (30, 0.25, 30),
        (60, 0.25, 20),
    ]
    assert found.half is None


def test_half_are_back_by_the_median_of_all_and_not_of_those_who_are_back():
    found = first_return([came_ago(300, 290)] * 12 + [came_ago(300, 200)] * 12 + [came_ago(300)] * 12, today=TODAY)
    assert found.half == 100
    assert [one.day for one in found.points] == [30, 60, 90, 120, 150, 180, 210, 240, 270, 300]


def test_only_first_visits_of_the_last_two_years_count():
    old, new = [came_ago(900, 880)] * 40, [came_ago(700, 600)] * 30
    assert first_return(old, today=TODAY) is None
    assert first_return(new[:29], today=TODAY) is None
    found = first_return(old + new, today=TODAY)
    assert (found.patients, found.since) == (30, TODAY - timedelta(days=730))


def test_the_end_of_the_curve_is_not_told_of_a_few():
    found = first_return([came_ago(40)] * 20 + [came_ago(400)] * 10, today=TODAY)
    assert [one.day for one in found.points] == [30]


@pytest.mark.usefixtures("in_aurora")
def test_the_night_keeps_it(came, now):
    for _ in range(20):
        came("Ana", 300, 250)
        came("Ben", 300)
    refresh_drift(now=now)
    found = last_coming_back()
    assert (found.patients, found.back, found.half) == (40, 20, 50)
    assert (found.points[1].day, found.points[1].share) == (60, 0.5)


@pytest.mark.usefixtures("in_aurora")
def test_with_too_few_the_night_keeps_nothing(came, now):
    came("Ana", 300, 250)
    refresh_drift(now=now)
    assert last_coming_back() is None
