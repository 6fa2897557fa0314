"""When the access to a practice was last reviewed, and when it is due."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from core.tenancy.scope import control_plane
from tenants.models import AccessReview

EVERY = timedelta(days=91)


@dataclass(frozen=True, slots=True)
class LastReview:
    """by: a name, "" for somebody who was erased. due_at: when the next one is suggested."""

    at: datetime
    by: str
    people: int

    @property
    def due_at(self) -> datetime:
        return self.at + EVERY


def last_review(practice_id: UUID) -> LastReview | None:
    """None where nobody reviewed it yet."""
    with control_plane():
        last = (
            AccessReview.objects.filter(practice_id=practice_id)
            .select_related("reviewed_by")
            .order_by("-reviewed_at")
            .first()
        )
        if last is None:
            return None
        by = last.reviewed_by.name if last.reviewed_by else ""
        return LastReview(at=last.reviewed_at, by=by, people=last.people)
