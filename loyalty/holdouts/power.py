"""When a hold-out of this practice would be known: from its own visits of the last year."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from loyalty import lift
from loyalty.models import Holdout
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import day_of

LOOK_BACK_MONTHS = 12
# Fewer patients than this in the year before tell nothing about the one to come.
FEWEST_PATIENTS = 30


@dataclass(frozen=True, slots=True)
class Pace:
    """newcomers: patients who came for the first time in the year, in its first month, its second, …: each once.

    return_rate: share of patients who come back within the days asked for, None with fewer than 30 to tell it from.
    """

    newcomers: tuple[int, ...]
    return_rate: float | None

    @property
    def is_known(self) -> bool:
        return self.return_rate is not None and sum(self.newcomers) >= FEWEST_PATIENTS


@dataclass(frozen=True, slots=True)
class Power:
    """months: until a lift of least_effect would be known, None after five years. smallest: the lift, in points, that a
    hold-out of `for_months` would show; None where an arm stays too small for any.
    """

    months: int | None
    for_months: int
    smallest: int | None


def pace(*, outcome_days: int, now: datetime) -> Pace:
    """How patients came in the last twelve months, imported visits included. Two queries."""
    today = day_of(now, practice_zone())
    with connection.cursor() as cursor:
        cursor.execute(_NEWCOMERS, {"today": today, "months": LOOK_BACK_MONTHS})
        by_month = dict(cursor.fetchall())
        cursor.execute(_RETURNED, {"today": today, "days": outcome_days, "months": LOOK_BACK_MONTHS})
        known, back = cursor.fetchone()
    return Pace(
        newcomers=tuple(by_month.get(month, 0) for month in range(LOOK_BACK_MONTHS)),
        return_rate=back / known if known >= FEWEST_PATIENTS else None,
    )


def power(found: Pace, *, percent: int, outcome_days: int, least_effect: int, months: int) -> Power | None:
    """None where the practice is too young to tell."""
    if found.return_rate is None or not found.is_known:
        return None
    joining = max(months - outcome_days / 30.44, 0)
    patients = sum(found.newcomers[: int(joining)]) + found.newcomers[-1] * max(int(joining) - len(found.newcomers), 0)
    smallest = lift.smallest_effect(patients=patients, return_rate=found.return_rate, share_held=percent / 100)
    return Power(
        months=lift.months_until_known(
            newcomers=found.newcomers,
            return_rate=found.return_rate,
            share_held=percent / 100,
            outcome_days=outcome_days,
            effect=least_effect / 100,
        ),
        for_months=months,
        smallest=None if smallest > 1 else max(1, round(100 * smallest)),
    )


def months_of(holdout: Holdout) -> int:
    return (holdout.ends_on.year - holdout.starts_on.year) * 12 + holdout.ends_on.month - holdout.starts_on.month


def known_on(holdout: Holdout) -> date:
    """The day after the last one."""
    return holdout.ends_on + timedelta(days=1)


# In the month of their first visit in the year: whoever came before is not counted again.
_NEWCOMERS = """
SELECT least(%(months)s - 1, floor((first - since.day) / 30.44)::int) AS month, count(*)
FROM (SELECT (%(today)s::date - make_interval(months => %(months)s))::date AS day) since
CROSS JOIN LATERAL (
    SELECT v.patient_id, min(v.day) AS first FROM loyalty_visit v
    WHERE v.status = 'completed' AND v.day > since.day AND v.day <= %(today)s
    GROUP BY v.patient_id
) came
GROUP BY 1
"""
_RETURNED = """
SELECT count(*), count(*) FILTER (WHERE EXISTS (
    SELECT FROM loyalty_visit v WHERE v.patient_id = came.patient_id AND v.status = 'completed'
      AND v.day > came.first AND v.day <= came.first + %(days)s))
FROM (
    SELECT v.patient_id, min(v.day) AS first FROM loyalty_visit v
    WHERE v.status = 'completed' AND v.day < %(today)s::date - %(days)s
      AND v.day >= (%(today)s::date - %(days)s - make_interval(months => %(months)s))::date
    GROUP BY v.patient_id
) came
"""
