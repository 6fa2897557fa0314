"""What an answer praises, found by somebody of the team: words become themes that can be counted."""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import DomainError
from loyalty.feedback.locked_answer import locked_answer
from loyalty.models import Feedback, Loved


def note_loved(*, answer_id: UUID, loved: Collection[str]) -> Feedback:
    """`loved`: codes of Loved; none takes them off. Raises NotFound, DomainError."""
    if unknown := set(loved) - set(Loved.values):
        raise DomainError("loved_unknown", f"“{sorted(unknown)[0]}” is none of the themes.", field="loved")
    with transaction.atomic():
        answer = locked_answer(answer_id)
        if loved and not (answer.liked or answer.better):
            raise DomainError("nothing_said", "They wrote nothing, so nothing can be read from it.", field="loved")
        answer.loved = [code for code in Loved.values if code in loved]
        answer.save(update_fields=["loved", "updated_at"])
        changed("answer.themed", answer, patients=[answer.patient_id], detail={"loved": answer.loved})
        return answer
