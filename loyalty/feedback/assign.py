"""A colleague looks after an answer."""

from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict
from loyalty.feedback.locked_answer import locked_answer
from loyalty.feedback.recovery_log import colleague
from loyalty.models import Feedback


def assign(*, answer_id: UUID, staff_id: UUID | None, was: UUID | None) -> Feedback:
    """To `staff_id`, or to nobody. `was`: whose the asker saw it to be.

    Raises NotFound, Conflict where it is somebody else's by now, DomainError for who may not see answers.
    """
    with transaction.atomic():
        answer = locked_answer(answer_id)
        if answer.assigned_to_id != was:
            whose = answer.assigned_to.display_name if answer.assigned_to else "nobody"
            raise Conflict("assigned_meanwhile", f"Meanwhile this belongs to {whose}. Look again, then hand it on.")
        answer.assigned_to = colleague(staff_id) if staff_id else None
        answer.save(update_fields=["assigned_to", "updated_at"])
        changed("answer.assigned", answer, patients=[answer.patient_id], detail={"to": staff_id})
        return answer
