"""Whose birthday, wedding day or year with us falls on the next days."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from loyalty.occasions.falling import falling
from loyalty.occasions.wording import occasion_words
from loyalty.patients.name import shown_name


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
    """One entry for each of `days` days from `first` (at most 366), also where nothing falls on it. One query."""
    found: dict[date, list[OccasionItem]] = {first + timedelta(days=number): [] for number in range(days)}
    for one in falling(first=first, days=days):
        what = occasion_words(kind=one.kind, label=one.label, year=one.year, day=one.day)
        name = shown_name(one.given, one.preferred, one.family)
        found[one.day].append(OccasionItem(one.patient_id, name, what))
    return [OccasionDay(day, items) for day, items in found.items()]
