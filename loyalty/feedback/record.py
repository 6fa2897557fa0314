"""An answer is taken down; an unhappy one opens a recovery in the same transaction."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Feedback


def record(
    *,
    visit_id: UUID,
    mode: str,
    score: int,
    liked: str = "",
    better: str = "",
    worth: int | None = None,
    elsewhere: str = "",
    now: datetime,
) -> Feedback:
    """Keep an answer about a visit. Raises NotFound, Conflict where this visit has an answer, DomainError."""
    raise NotImplementedError
