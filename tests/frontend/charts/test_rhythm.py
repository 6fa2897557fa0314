"""A patient's visits on a line of time."""

from datetime import date

import pytest

from frontend.charts.rhythm import rhythm

VISITS = [date(2026, 1, 5), date(2026, 3, 30), date(2026, 6, 29)]
DUE = (date(2026, 9, 14), date(2026, 10, 12))


def test_visits_lie_in_order_and_today_is_last():
    line = rhythm(visits=VISITS, today=date(2026, 11, 23), due=DUE)
    assert list(line.visits) == sorted(line.visits)
    assert line.visits[0] == 6.0
    assert line.today_x == 94.0
    assert line.last_x < line.due_x < line.due_x + line.due_width < line.today_x


def test_after_the_expected_days_the_patient_is_late():
    assert rhythm(visits=VISITS, today=date(2026, 11, 23), due=DUE).late
    assert not rhythm(visits=VISITS, today=date(2026, 10, 1), due=DUE).late


def test_before_the_expected_days_they_are_still_on_the_line():
    line = rhythm(visits=VISITS, today=date(2026, 7, 1), due=DUE)
    assert line.due_x + line.due_width == pytest.approx(94.0)


def test_the_table_counts_whole_weeks_between_visits():
    assert rhythm(visits=VISITS, today=date(2026, 7, 1), due=None).rows == (
        (1, "Jan 5, 2026", ""),
        (2, "Mar 30, 2026", "12"),
        (3, "Jun 29, 2026", "13"),
    )


def test_the_sentence_says_what_the_line_shows():
    line = rhythm(visits=VISITS, today=date(2026, 11, 23), due=DUE)
    assert line.sentence == (
        "3 visits, from Jan 5, 2026 to Jun 29, 2026. The next was expected between Sep 14, 2026 and Oct 12, 2026. "
        "Today is 21 weeks after the last visit."
    )


def test_one_visit_is_enough():
    line = rhythm(visits=[date(2026, 11, 23)], today=date(2026, 11, 23), due=None)
    assert line.sentence == "One visit, on Nov 23, 2026. Today is 0 weeks after the last visit."
    assert len(line.labels) == 1


@pytest.mark.parametrize("visits", [[], [date(2026, 2, 1), date(2026, 1, 1)], [date(2027, 1, 1)]])
def test_visits_out_of_order_or_in_the_future_are_refused(visits):
    with pytest.raises(ValueError, match="past visits"):
        rhythm(visits=visits, today=date(2026, 11, 23), due=None)


def test_the_word_expected_never_lies_on_the_word_today():
    far = rhythm(visits=VISITS, today=date(2026, 11, 23), due=(date(2026, 7, 6), date(2026, 7, 20))).due_label
    near = rhythm(visits=VISITS, today=date(2026, 10, 13), due=DUE).due_label
    ahead = rhythm(visits=VISITS, today=date(2026, 9, 10), due=DUE).due_label
    assert (far.anchor, near.anchor, ahead.anchor) == ("middle", "end", "start")
    assert near.x < rhythm(visits=VISITS, today=date(2026, 10, 13), due=DUE).today_x


def test_the_word_expected_stays_on_the_line_also_where_the_next_visit_is_due_now():
    many = [date(2023, 6, 1), date(2026, 10, 20), date(2026, 11, 16)]
    line = rhythm(visits=many, today=date(2026, 11, 23), due=(date(2026, 11, 27), date(2026, 12, 6)))
    assert line.due_label.anchor == "start"
    assert line.due_label.x <= 100 - 17
    assert line.today_x < line.due_x < line.due_x + line.due_width
