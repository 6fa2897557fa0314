"""The quality of a practice's records, month by month."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import connection

from loyalty.metrics.windows import Month
from loyalty.quality.checks import BREAK_MONTHS, SAME_BIRTHDAY, SAME_INSTANT, Counts, Result, results, score

# A row of `visit` is a completed visit; several of one patient on one day are looked at one by one, because each is a
# record. Patients are those of the month's visits, merged ones as one.
_SQL = """
WITH visit AS MATERIALIZED (
    SELECT date_trunc('month', v.day::timestamp)::date AS month, coalesce(p.merged_into_id, p.id) AS patient_id,
           v.staff_id, v.location_id, v.starts_at,
           coalesce(v.completed_at < v.arrived_at OR v.seen_at < v.arrived_at, false)
           OR v.completed_at < v.starts_at - interval '1 day' OR coalesce(v.booked_at > v.completed_at, false)
           OR coalesce(p.birth_year > extract(year FROM v.day), false)
           OR coalesce(p.birth_year = extract(year FROM v.day) AND p.birth_month > extract(month FROM v.day), false)
           OR coalesce(p.birth_year < extract(year FROM v.day) - 120, false) AS impossible
    FROM loyalty_visit v JOIN loyalty_patient p ON p.id = v.patient_id
    WHERE v.status = 'completed' AND v.day >= %(first)s AND v.day < %(end)s
), patient AS MATERIALIZED (
    SELECT came.month, p.birth_year, p.birth_month, p.birth_day,
           p.birth_day IS NULL AND NOT EXISTS (
               SELECT 1 FROM loyalty_occasion o WHERE o.patient_id = p.id AND o.kind = 'birthday') AS without_birthday,
           p.address = '' AND NOT EXISTS (
               SELECT 1 FROM loyalty_contactpoint c WHERE c.patient_id = p.id) AS without_contact
    FROM (SELECT DISTINCT month, patient_id FROM visit) came JOIN loyalty_patient p ON p.id = came.patient_id
), block AS (
    SELECT month, sum(size)::int AS size FROM (
        SELECT month, count(*) AS size FROM visit GROUP BY month, location_id, starts_at
        HAVING count(*) >= %(instant)s
        UNION ALL
        SELECT month, count(*) FROM patient WHERE birth_day IS NOT NULL
        GROUP BY month, birth_year, birth_month, birth_day HAVING count(*) >= %(birthday)s
        UNION ALL
        SELECT date_trunc('month', day::timestamp)::date, count(*) FROM loyalty_feedback
        WHERE day >= %(first)s AND day < %(end)s GROUP BY 1, answered_at HAVING count(*) >= %(instant)s
    ) same GROUP BY month
)
SELECT v.month, v.visits, v.without_staff, v.impossible, p.patients, p.without_birthday, p.without_contact,
       coalesce(block.size, 0)
FROM (SELECT month, count(*) AS visits, count(*) FILTER (WHERE staff_id IS NULL) AS without_staff,
             count(*) FILTER (WHERE impossible) AS impossible FROM visit GROUP BY month) v
JOIN (SELECT month, count(*) AS patients, count(*) FILTER (WHERE without_birthday) AS without_birthday,
             count(*) FILTER (WHERE without_contact) AS without_contact FROM patient GROUP BY month) p USING (month)
LEFT JOIN block USING (month)
"""
_FIRST = "SELECT min(day) FROM loyalty_visit WHERE status = 'completed'"


@dataclass(frozen=True, slots=True)
class MonthQuality:
    """score: the share of passed checks, in whole percent. results: of each check that could be made."""

    month: Month
    score: int
    results: tuple[Result, ...]

    @property
    def failed(self) -> tuple[Result, ...]:
        return tuple(one for one in self.results if not one.passed)


def quality_of(months: Sequence[Month]) -> list[MonthQuality]:
    """Of consecutive months, oldest first, of the practice that the caller has entered; those of which nothing can be
    said are left out. Two queries; nobody is shown by them."""
    if not months:
        return []
    first_day, counts = _counts(months[0].shifted(-BREAK_MONTHS), months[-1])
    found = []
    for month in months:
        of_month = counts.get(month.first, {})
        before = [month.shifted(-back).first for back in range(1, BREAK_MONTHS + 1)]
        is_known = first_day is not None and first_day <= before[-1]
        visits_before = tuple(counts.get(one, {}).get("visits", 0) for one in before) if is_known else None
        made = results(Counts(**of_month, before=visits_before))
        share = score(made)
        if share is not None:
            found.append(MonthQuality(month, share, tuple(made)))
    return found


def _counts(first: Month, last: Month) -> tuple[date | None, dict[date, dict[str, Any]]]:
    """The first day on record, and what each month's visits hold."""
    names = ("visits", "without_staff", "impossible", "patients", "without_birthday", "without_contact", "blocks")
    bounds: dict[str, date | int] = {
        "first": first.first,
        "end": last.end,
        "instant": SAME_INSTANT,
        "birthday": SAME_BIRTHDAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_FIRST)
        (first_day,) = cursor.fetchone()
        cursor.execute(_SQL, bounds)
        return first_day, {row[0]: dict(zip(names, row[1:], strict=True)) for row in cursor.fetchall()}
