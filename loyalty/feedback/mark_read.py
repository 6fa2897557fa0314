"""Somebody read an answer, and says so; or it is to be read again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict
from loyalty.feedback.locked_answer import locked_answer
from loyalty.models import Feedback
from loyalty.practice_zone import practice_zone
from loyalty.visits.spoken import spoken_moment


def mark_read(*, answer_id: UUID, by_staff_id: UUID | None, now: datetime) -> Feedback:
    """Raises NotFound, Conflict where somebody read it already, with who and when."""
    with transaction.atomic():
        answer = locked_answer(answer_id)
        if answer.read_at is not None:
            whom = f" by {answer.read_by.display_name}" if answer.read_by else ""
            when = spoken_moment(answer.read_at, zone=practice_zone(), now=now)
            raise Conflict("answer_read", f"This was marked as read {when}{whom}.")
        answer.read_at = now
        answer.read_by_id = by_staff_id
        answer.save(update_fields=["read_at", "read_by", "updated_at"])
        changed("answer.marked_read", answer, patients=[answer.patient_id])
        return answer


def mark_unread(*, answer_id: UUID) -> Feedback:
    """Raises NotFound, Conflict where it is unread."""
    with transaction.atomic():
        answer = locked_answer(answer_id)
        if answer.read_at is None:
            raise Conflict("answer_unread", "This is unread already.")
        answer.read_at = answer.read_by = None
        answer.save(update_fields=["read_at", "read_by", "updated_at"])
        changed("answer.marked_unread", answer, patients=[answer.patient_id])
        return answer
