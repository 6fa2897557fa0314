"""What patients answer in private, and what the public wrote, as other systems read it."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from core.exchange.resource import Kind, Resource, Row, column
from loyalty.models import Feedback, FeedbackMode, Review, ReviewSite

FEEDBACK = Resource(
    name="feedback",
    rows=Feedback.objects.all,
    columns=(
        "id", "patient_id", "visit_id", "mode", "score", "liked", "better", "worth", "elsewhere", "loved",
        "answered_at", "day", "created_at", "updated_at",
    ),
    sent="answers.sent",
    patient="patient_id",
    filters={
        "patient_id": column(Kind.ID, "patient_id"),
        "visit_id": column(Kind.ID, "visit_id"),
        "mode": column(Kind.CHOICE, "mode", FeedbackMode.values),
        "day_from": column(Kind.DAY, "day__gte"),
        "day_to": column(Kind.DAY, "day__lte"),
    },
)  # fmt: skip


def _sites(ids: Sequence[UUID], _application_id: UUID) -> Mapping[UUID, Row]:
    return {id: {"site": name} for id, name in Review.objects.filter(id__in=ids).values_list("id", "site__name")}


# As they stand on the site, for everybody to read. Whom the staff matched them with is not told to anybody outside.
REVIEWS = Resource(
    name="review",
    rows=Review.objects.all,
    columns=(
        "id", "author", "rating", "text", "posted_on", "reply", "replied_at", "created_at", "updated_at",
    ),
    filters={
        "posted_from": column(Kind.DAY, "posted_on__gte"),
        "posted_to": column(Kind.DAY, "posted_on__lte"),
    },
    added=("site",),
    add=_sites,
    in_sql={
        "site": (
            f"(SELECT s.name FROM {ReviewSite._meta.db_table} s WHERE s.id = {Review._meta.db_table}.site_id)",  # noqa: S608
            lambda _application_id: (),
        )
    },
)  # fmt: skip
