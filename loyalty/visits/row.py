"""One visit as a list shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from loyalty.visits.brief import Brief
from loyalty.visits.tags import Tag

RowState = Literal["done", "here", "next", "later", "no_show", "cancelled"]


@dataclass(frozen=True, slots=True)
class VisitRow:
    """at: in the location's time zone. service, staff: "" where none is set. hint: one line of the brief.

    late_minutes: 0, or how long after its time the visit has not begun to be here (or how late the patient came).
    """

    id: UUID
    at: datetime
    patient_id: UUID
    name: str
    service: str
    staff: str
    state: RowState
    late_minutes: int
    hint: str
    brief: Brief | None
    tags: tuple[Tag, ...]
    promises: tuple[str, ...]
