"""The measures of the benchmarks in groups, as the page and its files show them."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.tenancy.scope import current_practice
from frontend.charts.numbers import at_least
from frontend.portal.benchmarks.measures import Measure, measure
from frontend.request import AskedRequest
from loyalty.benchmarks.models import CohortKind
from loyalty.benchmarks.read import Standing, WhereYouStand, where_you_stand

GROUPS = (
    (
        "proactive",
        "Before the visit",
        "Told what to expect, and told the truth",
        ("preview_coverage", "promise_kept_rate"),
    ),
    (
        "relationship",
        "Relationship",
        "The little things, done by people",
        ("note_coverage", "note_hours", "occasion_coverage", "occasion_recorded"),
    ),
    (
        "experience",
        "Experience",
        "How it felt, in their words",
        (
            "nps",
            "first_visit_nps",
            "experience_score",
            "perceived_value",
            "consistency",
            "feedback_response_rate",
            "recovery_hours",
            "recovery_rate",
        ),
    ),
    (
        "loyalty",
        "Loyalty",
        "Whether they come back",
        (
            "return_rate_90",
            "return_rate_180",
            "return_rate_365",
            "first_return_rate_180",
            "retention",
            "rebooking_rate",
            "drifting_share",
            "no_show_rate",
            "exclusive_share",
        ),
    ),
    ("word", "Word of mouth", "What others hear", ("review_rate", "review_rating", "referral_rate")),
)
REST = ("more", "Size and more", "How many you look after")


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    note: str
    rows: list[Measure]


def standing_asked(request: AskedRequest) -> WhereYouStand:
    """Where the practice stands; `by` and `of` in the address name the group to compare with."""
    kind, cohort = request.GET.get("by", CohortKind.ALL), request.GET.get("of", "")
    return where_you_stand(practice=current_practice(), cohort_kind=kind, cohort=cohort)


def practices_of(standing: WhereYouStand) -> str:
    """The largest released count of the page, empty where every cell is hidden."""
    counts = [s.released.practices for s in standing.standings if s.released]
    return at_least(max(counts)) if counts else ""


def groups_of(standings: Iterable[Standing]) -> list[Group]:
    rows = {standing.definition.key: measure(standing) for standing in standings}
    groups = [
        Group(id_, title, note, [rows.pop(key) for key in keys if key in rows]) for id_, title, note, keys in GROUPS
    ]
    return [group for group in [*groups, Group(*REST, list(rows.values()))] if group.rows]
