"""Closing the loop with somebody who was unhappy. When the last recovery closes, held notes may be written again."""

from datetime import datetime
from uuid import UUID

from loyalty.models import Recovery


def contacted(*, recovery_id: UUID, by_staff_id: UUID | None, now: datetime) -> Recovery:
    """The first human contact after the answer was made."""
    raise NotImplementedError


def close(*, recovery_id: UUID, done_text: str, recovered: bool, by_staff_id: UUID | None, now: datetime) -> Recovery:
    """What was done, and whether it was made good. The patient has been told."""
    raise NotImplementedError
