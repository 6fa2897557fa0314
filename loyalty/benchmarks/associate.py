"""How habits go with return over the network: a rank correlation a habit and month, under the rules of disclosure.

Only practices that count in the released cells of both measures do here, so the quarter's fixed sets hold for it, too.
It is rounded to a twentieth, changes by five practices or not at all, and is shown to the network's people alone.
"""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from loyalty.benchmarks.correlation import rank_correlation
from loyalty.benchmarks.disclosure import differ_by_few
from loyalty.benchmarks.models import Association, Basis, CohortKind, Contribution, Release
from loyalty.benchmarks.rules import FEW, FEWEST_CONTRIBUTORS, HELD, NO_SPREAD, Rule, shown_count
from loyalty.metrics.windows import WINDOW_MONTHS, Month

HABITS = ("preview_coverage", "note_coverage", "occasion_coverage", "feedback_response_rate", "experience_score")
RETURN = "return_rate_180"
STEPS_OF_ONE = 20


def associate(month: Month, *, now: datetime) -> list[Association]:
    """Write one row a habit for a month that was just released, in the control plane: what was found, or the rule."""
    return_rates = _contributors(RETURN, month)
    # As of groups: what rests on other days altogether says nothing of who is not in both.
    first, last = month.shifted(1 - WINDOW_MONTHS), month.shifted(WINDOW_MONTHS - 1)
    shown = Association.objects.filter(rule="", month__range=(first.first, last.first))
    written = []
    for habit in HABITS:
        counted = sorted(_contributors(habit, month) & return_rates)
        earlier = shown.filter(habit=habit).values_list("contributors", flat=True)
        rule = _objection(counted, earlier)
        found = None if rule else rank_correlation(_values(habit, month, counted), _values(RETURN, month, counted))
        rule = rule or (None if found else NO_SPREAD)
        written.append(
            Association(
                habit=habit,
                month=month.first,
                rule=rule.key if rule else "",
                contributors_floor=shown_count(len(counted)) if found else None,
                r=_rounded(found.r) if found else None,
                low=_rounded(found.low) if found else None,
                high=_rounded(found.high) if found else None,
                contributors=[str(practice) for practice in counted] if found else [],
                released_at=now,
            )
        )
    return Association.objects.bulk_create(written)


def associations(month: date) -> list[Association]:
    """Of a month, in the order of the five steps; without whose figures they rest on. One query."""
    found = Association.objects.filter(month=month).defer("contributors")
    return sorted(found, key=lambda one: HABITS.index(one.habit) if one.habit in HABITS else len(HABITS))


def _objection(counted: list[UUID], earlier: Iterable[list[str]]) -> Rule | None:
    if len(counted) < FEWEST_CONTRIBUTORS:
        return FEW
    now = frozenset(counted)
    return HELD if any(differ_by_few(now, frozenset(map(UUID, before))) for before in earlier) else None


def _contributors(metric: str, month: Month) -> set[UUID]:
    """Who counts in the newest released cell of all practices; nobody where it is hidden."""
    newest = (
        Release.objects.filter(metric=metric, month=month.first, cohort_kind=CohortKind.ALL).order_by("version").last()
    )
    basis = Basis.objects.filter(release=newest).first() if newest and not newest.rule else None
    return {UUID(practice) for practice in basis.contributors} if basis else set()


def _values(metric: str, month: Month, counted: list[UUID]) -> list[float]:
    rows = Contribution.objects.filter(metric=metric, month=month.first, practice_id__in=counted)
    by_practice = dict(rows.values_list("practice_id", "value"))
    return [by_practice[practice] for practice in counted]


def _rounded(value: float) -> float:
    return round(value * STEPS_OF_ONE) / STEPS_OF_ONE
