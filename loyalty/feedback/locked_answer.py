"""An answer held for change."""

from uuid import UUID

from core.errors import NotFound
from loyalty.models import Feedback


def locked_answer(answer_id: UUID) -> Feedback:
    """Raises NotFound."""
    answer = (
        Feedback.objects.select_for_update(no_key=True, of=("self",))
        .select_related("read_by", "assigned_to", "patient", "visit__location")
        .filter(id=answer_id)
        .first()
    )
    if answer is None:
        raise NotFound("answer_not_found", "This answer is not on file.")
    return answer
