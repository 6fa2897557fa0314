"""What a patient said on a tablet comes in, at once or once there is a network again. And what they did not say."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, NotFound
from loyalty.feedback.record import record
from loyalty.feedback.said import Said
from loyalty.models import Feedback, FeedbackMode, FeedbackRequest, KioskOpening, OpeningState
from loyalty.visits.locked import locked_visit

# A tablet may be without a network over a long weekend, not for ever.
KEPT_FOR = timedelta(days=7)
_UNSAID = (OpeningState.SKIPPED, OpeningState.ABANDONED)


def answer(
    *, kiosk_id: UUID, opening_id: UUID, submission_id: UUID, seconds_ago: int, said: Said, now: datetime
) -> Feedback:
    """Keep it once, however often it is sent: a repetition gets the answer that is kept.

    seconds_ago: by the tablet's own count, so that a clock that is wrong does no harm; never before the visit was
    taken, never after now. Raises NotFound for what this tablet did not take, Conflict where it is too old, was kept
    for another visit, or the visit was answered meanwhile, DomainError for what cannot be an answer.
    """
    with transaction.atomic():
        opening = _locked(opening_id, kiosk_id=kiosk_id)
        kept = Feedback.objects.filter(submission_id=submission_id).first()
        if kept is not None:
            if kept.visit_id != opening.visit_id:
                raise Conflict("submission_of_another_visit", "This answer was kept for another visit already.")
            return kept
        taken_at = opening.taken_at or now
        if now - taken_at > KEPT_FOR:
            raise Conflict("opening_too_old", "This answer waited too long on the tablet and cannot be kept.")
        answered_at = min(now, max(taken_at, now - timedelta(seconds=max(0, min(seconds_ago, 10**6)))))
        feedback = record(
            visit_id=opening.visit_id,
            mode=FeedbackMode.KIOSK,
            score=said.score,
            liked=said.liked,
            better=said.better,
            worth=said.worth,
            elsewhere=said.elsewhere,
            promises=said.promises,
            submission_id=submission_id,
            answered_at=answered_at,
            now=now,
        )
        _settle(opening, OpeningState.ANSWERED, now=now)
        return feedback


def leave_unsaid(*, kiosk_id: UUID, opening_id: UUID, skipped: bool, now: datetime) -> None:
    """They said no (`skipped`), or went away. Either way they were asked. Twice is as once; an answer stays one.

    Raises NotFound for what this tablet did not take.
    """
    with transaction.atomic():
        opening = _locked(opening_id, kiosk_id=kiosk_id)
        if opening.state != OpeningState.TAKEN:
            return
        if skipped:
            FeedbackRequest.objects.filter(
                visit_id=opening.visit_id, mode=FeedbackMode.KIOSK, skipped_at__isnull=True
            ).update(skipped_at=now, updated_at=now)
        _settle(opening, OpeningState.SKIPPED if skipped else OpeningState.ABANDONED, now=now)
        changed("opening.left", opening, patients=[opening.patient_id], detail={"skipped": skipped})


def _locked(opening_id: UUID, *, kiosk_id: UUID) -> KioskOpening:
    """The opening, its visit and patient locked before it."""
    taken = (OpeningState.TAKEN, OpeningState.ANSWERED, *_UNSAID)
    found = KioskOpening.objects.filter(id=opening_id, kiosk_id=kiosk_id, state__in=taken)
    visit_id = found.values_list("visit_id", flat=True).first()
    if visit_id is None:
        raise NotFound("opening_gone", "This tablet was not asked about this visit.")
    locked_visit(visit_id)
    return KioskOpening.objects.select_for_update(of=("self",)).get(id=opening_id)


def _settle(opening: KioskOpening, state: OpeningState, *, now: datetime) -> None:
    opening.state, opening.settled_at = state, now
    opening.save(update_fields=["state", "settled_at", "updated_at"])
