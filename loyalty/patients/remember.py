"""What the team wants to know about a person next time, and letting go of it again."""

from datetime import date, datetime
from uuid import UUID

from loyalty.models import BriefPart, Memory, Sensitivity


def remember(
    *,
    patient_id: UUID,
    text: str,
    source: str,
    part: str = BriefPart.REMEMBER,
    consented: bool = False,
    sensitivity: str = Sensitivity.TEAM,
    expires_on: date | None = None,
    by_staff_id: UUID | None = None,
    now: datetime,
) -> Memory:
    """Keep a memory. `source` says who told us and how: "told Dr. Sato on June 15"."""
    raise NotImplementedError


def forget(*, memory_id: UUID, clinical: bool, now: datetime) -> Memory:
    """Erase the words for good. `clinical`: whether the asker may see what providers keep to themselves."""
    raise NotImplementedError
