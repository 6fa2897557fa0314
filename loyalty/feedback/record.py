"""An answer is taken down; an unhappy one opens a recovery in the same transaction."""

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.given_text import given_text
from loyalty.feedback.judge_promises import judge_promises
from loyalty.feedback.open_recovery import open_recovery
from loyalty.messages.answered import call_off_asking
from loyalty.models import Elsewhere, Feedback, FeedbackMode, FeedbackRequest, Trigger, Visit, VisitStatus
from loyalty.touchpoints.plan import plan
from loyalty.visits.local_time import day_of, zone_of
from loyalty.visits.locked import locked_visit
from loyalty.visits.spoken import spoken_moment

_LONGEST = 5000
_NONE: Mapping[UUID, str] = MappingProxyType({})


def record(
    *,
    visit_id: UUID,
    mode: str,
    score: int,
    liked: str = "",
    better: str = "",
    worth: int | None = None,
    elsewhere: str = "",
    promises: Mapping[UUID, str] = _NONE,
    submission_id: UUID | None = None,
    answered_at: datetime | None = None,
    now: datetime,
) -> Feedback:
    """Keep an answer about a visit. Raises NotFound, Conflict where this visit has an answer, DomainError.

    A request of the same mode that was not answered yet is answered; else one is made. promises: id → "yes", "partly"
    or "no", kept with the answer or not at all. answered_at: where it comes later than it was given, as from a tablet
    that had no network; what must be done about it counts from now. submission_id: of the device that sent it.
    """
    said_at = answered_at or now
    answer = Feedback(
        mode=_one_of(mode, FeedbackMode.values, field="mode", message="Say how it was asked: kiosk, link or staff."),
        score=_whole(score, 0, 10, field="score", message="The score is a whole number from 0 to 10."),
        liked=given_text(liked, what="What they liked", field="liked", limit=_LONGEST, lines=True),
        better=given_text(better, what="What we could do better", field="better", limit=_LONGEST, lines=True),
        worth=None
        if worth is None
        else _whole(worth, 1, 5, field="worth", message="“Worth what you paid” is a whole number from 1 to 5."),
        elsewhere=_one_of(
            elsewhere,
            ["", *Elsewhere.values],
            field="elsewhere",
            message="Choose no, sometimes or mostly, or leave it open.",
        ),
        answered_at=said_at,
        submission_id=submission_id,
    )
    with transaction.atomic():
        visit = locked_visit(visit_id)
        _check_there_was_a_visit(visit)
        answer.patient, answer.visit = visit.patient, visit
        answer.day = day_of(said_at, zone_of(visit.location.time_zone))
        answer.request = _request(visit, answer)
        answer.save(force_insert=True)
        changed("feedback.received", answer, patients=[visit.patient_id])
        call_off_asking(visit, now=now)
        judge_promises(visit, judged=promises, at=said_at)
        if answer.is_detractor:
            open_recovery(answer, visit=visit, now=now)
        else:
            plan(Trigger.FEEDBACK, visit=visit, score=answer.score, now=now)
        return answer


def _check_there_was_a_visit(visit: Visit) -> None:
    if visit.status not in (VisitStatus.ARRIVED, VisitStatus.COMPLETED):
        raise DomainError(
            "visit_not_made",
            "Feedback is about a visit that took place. Mark the patient as here, or the visit as completed, first.",
        )


def _request(visit: Visit, answer: Feedback) -> FeedbackRequest:
    request, _ = FeedbackRequest.objects.get_or_create(
        visit=visit,
        mode=answer.mode,
        defaults={
            "patient": visit.patient,
            "asked_at": answer.answered_at,
            "day": answer.day,
            "is_history": visit.is_history,
        },
    )
    earlier = Feedback.objects.filter(request=request).first()
    if earlier is not None:
        when = spoken_moment(earlier.answered_at, zone=zone_of(visit.location.time_zone), now=answer.answered_at)
        raise Conflict("feedback_recorded_already", f"This visit's feedback was taken {when} already.")
    return request


def _one_of(value: str, values: list[str], *, field: str, message: str) -> str:
    if value not in values:
        raise DomainError(f"{field}_unknown", message, field=field)
    return value


def _whole(value: int, lowest: int, highest: int, *, field: str, message: str) -> int:
    # A bool is an int to Python; nobody means it as a score.
    if not isinstance(value, int) or isinstance(value, bool) or not lowest <= value <= highest:
        raise DomainError(f"{field}_out_of_range", message, field=field)
    return value
