"""Where the asking about one visit stands, as staff sees it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from loyalty.models import FeedbackMode, FeedbackRequest, KioskOpening, OpeningState


@dataclass(frozen=True, slots=True)
class Asking:
    """state: of the newest opening, "" for none. waits: whether it may still be taken. tablet: its name, "" by code."""

    state: str
    waits: bool
    tablet: str
    until: datetime | None
    taken_at: datetime | None

    @property
    def is_answered(self) -> bool:
        return self.state == OpeningState.ANSWERED


NOTHING = Asking(state="", waits=False, tablet="", until=None, taken_at=None)


def asking_about(visit_id: UUID, *, now: datetime) -> Asking:
    """Two queries. An answer counts wherever it came from, as long as it came by a tablet."""
    newest = (
        KioskOpening.objects.filter(visit_id=visit_id).select_related("kiosk").order_by("-opened_at", "-id").first()
    )
    answered = FeedbackRequest.objects.filter(visit_id=visit_id, mode=FeedbackMode.KIOSK, answer__isnull=False).exists()
    if newest is None:
        return Asking(OpeningState.ANSWERED, False, "", None, None) if answered else NOTHING
    return Asking(
        state=OpeningState.ANSWERED if answered else newest.state,
        waits=newest.state == OpeningState.WAITING and newest.until > now,
        tablet=newest.kiosk.name if newest.kiosk else "",
        until=newest.until,
        taken_at=newest.taken_at,
    )
