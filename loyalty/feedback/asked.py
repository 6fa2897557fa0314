"""How asking goes, one way of asking apart from the other: they are never mixed into one figure."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Q

from loyalty.models import FeedbackMode, FeedbackRequest

DAYS = 90
# Whoever staff took an answer down from was not left a choice that we could count.
_ASKED_BY = (FeedbackMode.KIOSK, FeedbackMode.LINK)


@dataclass(frozen=True, slots=True)
class Asked:
    """Visits asked about in the last DAYS days. skipped: they said no; others without an answer went away."""

    mode: str
    asked: int
    answered: int
    skipped: int

    @property
    def percent(self) -> int | None:
        """Answers of a hundred asked; None where nobody was."""
        return round(100 * self.answered / self.asked) if self.asked else None

    @property
    def silent(self) -> int:
        return self.asked - self.answered - self.skipped


def asked_by_mode(*, today: date) -> tuple[Asked, ...]:
    """One query. Imported history is left out."""
    rows = (
        FeedbackRequest.objects.filter(day__gt=today - timedelta(days=DAYS), is_history=False, mode__in=_ASKED_BY)
        .values("mode")
        .annotate(
            asked=Count("id"),
            answered=Count("answer"),
            skipped=Count("id", filter=Q(skipped_at__isnull=False, answer__isnull=True)),
        )
    )
    found = {row["mode"]: row for row in rows}
    none = {"asked": 0, "answered": 0, "skipped": 0}
    return tuple(
        Asked(
            mode=FeedbackMode(mode).label,
            **{key: found.get(mode, none)[key] for key in ("asked", "answered", "skipped")},
        )
        for mode in _ASKED_BY
    )
