"""Reads the figures of the day, how many come tomorrow, and what cannot wait, in one query."""

from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db import connection

from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure, net_score
from loyalty.metrics.intervals import ClusterSums
from loyalty.occasions.calendar import falls_in
from loyalty.today import urgent
from loyalty.today.change import change_between
from loyalty.today.figures import FeedbackFigure, Figures, NotesFigure, NpsFigure, RateFigure, TrendPoint
from loyalty.today.urgent import Urgent, urgent_of

RETURN_RATE = "return_rate_180"
TREND_MONTHS = 12
WINDOW_MONTHS = 12

_READ = """
WITH answers AS (
    SELECT f.patient_id, f.day, (f.score >= 9)::int AS promotes, (f.score <= 6)::int AS detracts
    FROM loyalty_feedback f WHERE f.day > %(oldest)s AND f.day <= %(day)s
),
months AS (
    SELECT (extract(year FROM day) * 12 + extract(month FROM day) - 1)::int AS month, count(*)::int AS n,
        sum(promotes - detracts)::int AS net
    FROM answers GROUP BY 1
),
people AS (
    SELECT day > %(year_ago)s AS recent, sum(promotes)::int AS p, sum(detracts)::int AS d, count(*)::int AS m
    FROM answers WHERE day > %(two_years_ago)s GROUP BY 1, patient_id
),
windows AS (
    SELECT recent, count(*) AS people, sum(p - d) AS total, sum(m) AS trials, sum((p - d) * (p - d)) AS squared,
        sum((p - d) * m) AS crossed, sum(m * m) AS trials_squared, sum(p) AS p, sum(d) AS d
    FROM people GROUP BY 1
),
notes AS (
    SELECT count(*) FILTER (WHERE t.state = 'done' AND t.done_at >= %(week)s AND t.done_at < %(next_week)s) AS written,
        count(*) FILTER (WHERE t.state = 'planned' AND t.due_at < %(next_week)s) AS waiting
    FROM loyalty_touchpoint t JOIN loyalty_patient p ON p.id = t.patient_id
    WHERE t.kind = 'note' AND (t.state = 'planned' OR (t.state = 'done' AND t.done_at >= %(week)s))
        AND (t.state = 'done' OR NOT (p.deceased OR p.no_contact OR p.merged_into_id IS NOT NULL))
),
asked AS (
    SELECT count(*) AS people, count(f.id) AS answered
    FROM loyalty_feedbackrequest r LEFT JOIN loyalty_feedback f ON f.request_id = r.id
    WHERE r.day BETWEEN %(month)s AND %(day)s AND NOT r.is_history
),
rates AS (
    SELECT month, value, low, high, n FROM loyalty_figure
    WHERE metric = %(rate)s ORDER BY month DESC LIMIT 13
)
SELECT (SELECT coalesce(json_object_agg(month, json_build_array(net, n)), '{}') FROM months),
    (SELECT json_agg(json_build_array(people, total, trials, squared, crossed, trials_squared, p, d))
        FROM windows WHERE recent),
    (SELECT json_agg(json_build_array(people, total, trials, squared, crossed, trials_squared, p, d))
        FROM windows WHERE NOT recent),
    notes.written, notes.waiting,
    (SELECT count(*) FROM answers WHERE day >= %(month)s), asked.people, asked.answered,
    (SELECT coalesce(json_agg(json_build_array(month, value, low, high, n) ORDER BY month DESC), '[]') FROM rates),
    (SELECT count(*) FROM loyalty_visit v WHERE v.location_id = %(location)s AND v.day = %(tomorrow)s
        AND v.status IN ('booked', 'confirmed', 'arrived')),
"""
_FIGURES = "".join((_READ, urgent.COLUMNS, "FROM notes, asked"))


@dataclass(frozen=True, slots=True)
class DayFigures:
    figures: Figures
    tomorrow_count: int
    urgent: Urgent


def read_figures(*, now: datetime, location_id: UUID, zone: ZoneInfo, feedback: bool) -> DayFigures:
    """The practice's figures on the day that it is in `zone`; tomorrow's open visits are those of the location.

    feedback: whether the asker may see what patients answered; else no recovery is read.
    """
    day = now.astimezone(zone).date()
    month = day.replace(day=1)
    week = day - timedelta(days=day.weekday())
    parameters: dict[str, Any] = {
        "day": day,
        "month": month,
        "year_ago": _years_before(day, 1),
        "two_years_ago": _years_before(day, 2),
        # The trend's first window begins 23 months before this month.
        "oldest": min(
            _months_before(month, TREND_MONTHS + WINDOW_MONTHS - 1) - timedelta(days=1), _years_before(day, 2)
        ),
        "week": datetime.combine(week, time(), tzinfo=zone),
        "next_week": datetime.combine(week + timedelta(days=7), time(), tzinfo=zone),
        "rate": RETURN_RATE,
        "location": location_id,
        "tomorrow": day + timedelta(days=1),
        "now": now,
        "evening": datetime.combine(day + timedelta(days=1), time(), tzinfo=zone),
        "feedback": feedback,
        "shown": urgent.SHOWN,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES, parameters)
        row = cursor.fetchone()
    months, recent, before, written, waiting, answers, asked, answered, rates, tomorrow, *waits = row
    figures = Figures(
        nps=_nps(_score(recent), _score(before), {int(key): tuple(value) for key, value in months.items()}, month),
        return_rate=_rate(rates),
        notes=NotesFigure(written=written, due=written + waiting),
        feedback=FeedbackFigure(answers=answers, asked=asked, share=answered / asked if asked else None, month=month),
    )
    return DayFigures(figures, tomorrow, urgent_of(*waits))


def _score(window: list[list[int]] | None) -> Figure | None:
    """Of the year that ends today, or of the one before; its interval knows that people answer more than once."""
    if window is None:
        return None
    ((people, total, trials, squared, crossed, trials_squared, promoters, detractors),) = window
    sums = ClusterSums(
        patients=people,
        total=total,
        trials=trials,
        total_squared=squared,
        total_times_trials=crossed,
        trials_squared=trials_squared,
    )
    return net_score(DEFINITIONS["nps"], sums, promoters=promoters, detractors=detractors)


def _nps(
    score: Figure | None, before: Figure | None, months: dict[int, tuple[int, int]], this_month: date
) -> NpsFigure | None:
    if score is None:
        return None
    newest = this_month.year * 12 + this_month.month - 1
    trend = [_point(months, number) for number in range(newest - TREND_MONTHS + 1, newest)]
    return NpsFigure(
        value=score.value,
        low=score.low,
        high=score.high,
        n=score.n,
        change=change_between(before, score),
        trend=(*trend, TrendPoint(this_month, score.value, score.n)),
    )


def _point(months: dict[int, tuple[int, int]], number: int) -> TrendPoint:
    """The twelve calendar months that end with `number`, counted from year 0."""
    window = [months[one] for one in range(number - WINDOW_MONTHS + 1, number + 1) if one in months]
    n = sum(answers for _, answers in window)
    value = 100 * sum(net for net, _ in window) / n if n else None
    return TrendPoint(date(number // 12, number % 12 + 1, 1), value, n)


def _rate(rows: list[list[Any]]) -> RateFigure | None:
    """`rows`: month, percent, low, high and n, the newest month first."""
    figures = [
        RateFigure(
            value=value / 100,
            low=None if low is None else low / 100,
            high=None if high is None else high / 100,
            n=n,
            month=date.fromisoformat(month),
            change=None,
        )
        for month, value, low, high, n in rows
    ]
    if not figures:
        return None
    newest = figures[0]
    year_ago = next((one for one in figures if one.month == _years_before(newest.month, 1)), None)
    return replace(newest, change=change_between(year_ago, newest))


def _years_before(day: date, years: int) -> date:
    """29 February falls on 28 February in common years."""
    return falls_in(day.year - years, day.month, day.day)


def _months_before(month: date, months: int) -> date:
    number = month.year * 12 + month.month - 1 - months
    return date(number // 12, number % 12 + 1, 1)
