"""Whose birthday, wedding day or year with us falls on the next days."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True, slots=True)
class OccasionItem:
    """what: "50th birthday", "5 years with us", "Wedding"."""

    patient_id: UUID
    name: str
    what: str


@dataclass(frozen=True, slots=True)
class OccasionDay:
    day: date
    items: list[OccasionItem]


def upcoming(*, first: date, days: int) -> list[OccasionDay]:
    """One entry for each of `days` days from `first`, also where nothing falls on it."""
    raise NotImplementedError
