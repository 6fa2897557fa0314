"""How many answered, by the way they were asked and together: modes are never mixed without being shown apart."""

from dataclasses import dataclass, replace

from django.db import connection

from loyalty.feedback.inbox import Show, Wanted, condition_of
from loyalty.metrics.definitions import DEFINITIONS
from loyalty.metrics.figure import Figure, net_score
from loyalty.metrics.intervals import ClusterSums
from loyalty.models import FeedbackMode

TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Tally:
    """mode: one of FeedbackMode, or TOGETHER. asked: None for what staff took down, where nobody kept who declined, and
    for all together: whom the tablet and the link asked about one visit would count twice.

    score: the net promoter score of these answers with its interval; None without an answer.
    """

    mode: str
    asked: int | None
    answers: int
    promoters: int
    detractors: int
    score: Figure | None

    @property
    def passives(self) -> int:
        return self.answers - self.promoters - self.detractors

    @property
    def words(self) -> str:
        return "All together" if self.mode == TOGETHER else FeedbackMode(self.mode).label


@dataclass(frozen=True, slots=True)
class Tallies:
    """by_mode: tablet, link and staff, those with nothing left out. unread, waiting: of all answers there are."""

    by_mode: tuple[Tally, ...]
    together: Tally
    unread: int
    waiting: int


def tallies(wanted: Wanted) -> Tallies:
    """Of the place, provider and period of `wanted`; what is looked for among them does not change them. One query."""
    where = condition_of(replace(wanted, show=Show.ALL, group=None, mode="", words=""))
    asked = where.sql.replace("f.day", "q.day")
    with connection.cursor() as cursor:
        cursor.execute(_TALLIES.format(where=where.sql, asked=asked), where.values)
        groups, asks, unread, waiting = cursor.fetchone()
    found = {mode or TOGETHER: _tally(mode or TOGETHER, sums, asks.get(mode)) for mode, *sums in groups}
    nothing = Tally(TOGETHER, None, 0, 0, 0, None)
    shown = tuple(found[mode] for mode in FeedbackMode.values if mode in found)
    return Tallies(shown, found.get(TOGETHER, nothing), unread, waiting)


def _tally(mode: str, sums: list[int], asked: int | None) -> Tally:
    people, total, trials, squared, crossed, trials_squared, promoters, detractors = sums
    clusters = ClusterSums(
        patients=people,
        total=total,
        trials=trials,
        total_squared=squared,
        total_times_trials=crossed,
        trials_squared=trials_squared,
    )
    return Tally(
        mode=mode,
        asked=asked if mode in (FeedbackMode.KIOSK, FeedbackMode.LINK) else None,
        answers=trials,
        promoters=promoters,
        detractors=detractors,
        score=net_score(DEFINITIONS["nps"], clusters, promoters=promoters, detractors=detractors),
    )


_TALLIES = """
WITH people AS (
    SELECT f.mode, f.patient_id, sum((f.score >= 9)::int)::int AS p, sum((f.score <= 6)::int)::int AS d,
        count(*)::int AS m
    FROM loyalty_feedback f LEFT JOIN loyalty_visit v ON v.id = f.visit_id
    WHERE {where}
    GROUP BY GROUPING SETS ((f.mode, f.patient_id), (f.patient_id))
),
modes AS (
    SELECT mode, count(*) AS people, sum(p - d) AS total, sum(m) AS trials, sum((p - d) * (p - d)) AS squared,
        sum((p - d) * m) AS crossed, sum(m * m) AS trials_squared, sum(p) AS p, sum(d) AS d
    FROM people GROUP BY mode
),
asks AS (
    SELECT q.mode, count(*) AS n
    FROM loyalty_feedbackrequest q LEFT JOIN loyalty_visit v ON v.id = q.visit_id
    WHERE NOT q.is_history AND q.mode <> 'staff' AND {asked}
    GROUP BY q.mode
)
SELECT
    (SELECT coalesce(json_agg(json_build_array(mode, people, total, trials, squared, crossed, trials_squared, p, d)),
        '[]') FROM modes),
    (SELECT coalesce(json_object_agg(mode, n), '{{}}') FROM asks),
    (SELECT count(*) FROM loyalty_feedback f WHERE f.read_at IS NULL),
    (SELECT count(*) FROM loyalty_recovery r WHERE r.closed_at IS NULL AND r.joined_to_id IS NULL)
"""
