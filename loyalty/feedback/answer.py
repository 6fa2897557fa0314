"""One answer, opened: what they said, how it stands with it, and how they may be reached."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.models import Feedback, Loved, Recovery
from loyalty.patients.reach import Reach, wishes_of
from loyalty.patients.ways import ways_to
from loyalty.practice_zone import practice_zone
from loyalty.visits.local_time import zone_of


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answer they gave before."""

    day: date
    score: int


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """at, read_at: on the location's clock. read_by: "" where somebody without a place on the staff read it.

    loved: what somebody of the team found praised in it. recovery: the one it opened, with `lead` the one it is worked
    with. recovery_due: on the location's clock.
    """

    answer: Feedback
    name: str
    at: datetime
    read_at: datetime | None
    read_by: str
    loved: tuple[str, ...]
    earlier: tuple[Earlier, ...]
    recovery: Recovery | None
    recovery_due: datetime | None
    ways: tuple[Reach, ...]
    wishes: tuple[str, ...]

    @property
    def lead_id(self) -> UUID | None:
        return (self.recovery.joined_to_id or self.recovery.id) if self.recovery else None


def answer_page(*, answer_id: UUID, now: datetime) -> AnswerPage:
    """Raises NotFound."""
    answer = (
        Feedback.objects.select_related(
            "patient", "visit__location", "visit__service", "visit__staff", "read_by", "assigned_to", "recovery__owner"
        )
        .filter(id=answer_id)
        .first()
    )
    if answer is None:
        raise NotFound("answer_not_found", "This answer is not on file.")
    audit.record("answer.read", subject=answer, patients=[answer.patient_id])
    zone = zone_of(answer.visit.location.time_zone) if answer.visit else practice_zone()
    earlier = (
        Feedback.objects.filter(patient_id=answer.patient_id, answered_at__lt=answer.answered_at)
        .order_by("-answered_at", "-id")
        .values_list("day", "score")[:5]
    )
    recovery = getattr(answer, "recovery", None)
    return AnswerPage(
        answer=answer,
        name=answer.patient.display_name,
        at=answer.answered_at.astimezone(zone),
        read_at=answer.read_at.astimezone(zone) if answer.read_at else None,
        read_by=answer.read_by.display_name if answer.read_by else "",
        loved=tuple(Loved(code).label for code in answer.loved),
        earlier=tuple(Earlier(*row) for row in earlier),
        recovery=recovery,
        recovery_due=recovery.due_at.astimezone(zone) if recovery else None,
        ways=ways_to(answer.patient, today=now.astimezone(zone).date()),
        wishes=wishes_of(answer.patient),
    )
