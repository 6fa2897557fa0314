"""What a monthly report says: its figures, what changed by more than chance, and one thing to try."""

from datetime import datetime

import pytest

from core.tenancy.scope import control_plane
from loyalty.benchmarks.models import MonthClose
from loyalty.benchmarks.read import where_you_stand
from loyalty.metrics.windows import Month
from loyalty.models import Figure
from loyalty.reports.compose import HABITS, compose
from loyalty.reports.content import Content

OCTOBER = Month(2026, 10)


@pytest.fixture
def report(in_aurora, now: datetime):
    """report() → what the report says, of the figures that keep() kept."""
    with control_plane():
        MonthClose.objects.create(month=OCTOBER.first, closed_at=now)
    return lambda: compose(where_you_stand(practice=in_aurora).standings)


@pytest.fixture
def keep(in_aurora, now):
    def figure(metric, value, *, years_ago=0, half=3.0, n=200):
        Figure.objects.create(
            metric=metric,
            definition_version=1,
            month=OCTOBER.shifted(-12 * years_ago).first,
            numerator=value * n / 100,
            denominator=n,
            n=n,
            patients=n,
            value=value,
            low=value - half,
            high=value + half,
            computed_at=now,
        )

    return figure


def test_without_a_headline_figure_there_is_nothing_to_report(report, keep):
    keep("recovery_hours", 9)
    assert report() is None


def test_figures_below_thirty_are_flagged_as_uncertain(report, keep):
    keep("nps", 74, n=29)
    keep("return_rate_180", 58, n=30)
    assert [(one.key, one.uncertain) for one in report().headlines] == [("nps", True), ("return_rate_180", False)]


def test_a_change_counts_where_chance_alone_would_not_explain_it(report, keep):
    # Half-widths of 3 and 4 make 5.
    for metric, before, now in (("nps", 60, 65.1), ("rebooking_rate", 40, 44.9), ("return_rate_180", 60, 54)):
        keep(metric, before, years_ago=1, half=4)
        keep(metric, now)
    found = report()
    assert [(one.key, one.before, one.now) for one in found.better] == [("nps", 60, 65.1)]
    assert [(one.key, one.before, one.now) for one in found.worse] == [("return_rate_180", 60, 54)]


def test_where_less_is_better_going_down_is_better(report, keep):
    keep("nps", 60)
    keep("no_show_rate", 12, years_ago=1)
    keep("no_show_rate", 5)
    assert [one.key for one in report().better] == ["no_show_rate"]


def test_an_uncertain_figure_has_not_changed(report, keep):
    keep("nps", 20, years_ago=1, n=29)
    keep("nps", 80)
    assert (report().better, report().worse) == ((), ())


def test_three_changes_are_told_the_clearest_first(report, keep):
    for step, metric in enumerate(("nps", "rebooking_rate", "preview_coverage", "note_coverage")):
        keep(metric, 30, years_ago=1)
        keep(metric, 40 + 5 * step)
    assert [one.key for one in report().better] == ["note_coverage", "preview_coverage", "rebooking_rate"]


def test_a_habit_that_is_not_begun_is_the_one_to_try(report, keep):
    keep("preview_coverage", 12)
    keep("note_coverage", 80)
    assert (report().weakest, report().weakest_value) == ("occasion_coverage", None)


def test_of_habits_that_are_done_the_lowest_is_the_one_to_try(report, keep):
    for place, metric in enumerate(HABITS):
        keep(metric, 70 - 10 * (place == 3))
    assert (report().weakest, report().weakest_value) == ("feedback_response_rate", 60)


def test_what_is_kept_is_read_back_as_it_was(report, keep):
    keep("nps", 60)
    keep("nps", 40, years_ago=1)
    made = report()
    assert Content.of_json(made.as_json()) == made
