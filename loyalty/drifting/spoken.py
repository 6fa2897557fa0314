"""Why somebody stands on the list, in words."""

from datetime import date
from typing import Protocol

from loyalty.models import UsualFrom
from loyalty.visits.spoken import counted

_WEEK = 7
# Shorter is said in days, longer in months.
_FEWEST_WEEKS, _MOST_WEEKS = 2, 65


def spoken_length(days: int) -> str:
    """ "9 days", "14 weeks", "18 months"."""
    weeks = round(days / _WEEK)
    if weeks < _FEWEST_WEEKS:
        return counted(days, "day")
    return counted(weeks, "week") if weeks <= _MOST_WEEKS else counted(round(days / 30.44), "month")


class Said(Protocol):
    """What the words rest on: see loyalty.models.Drift."""

    @property
    def visits(self) -> int: ...
    @property
    def last_on(self) -> date: ...
    @property
    def usual_days(self) -> int | None: ...
    @property
    def usual_from(self) -> str: ...


def reason_of(drift: Said, *, today: date) -> str:
    """ "Usually every 14 weeks; 23 weeks since the last visit". It names no treatment.

    Whoever came once has no rhythm of their own, and the words say whose it is.
    """
    since = spoken_length((today - drift.last_on).days)
    if drift.usual_days is None:
        return f"{since} since the last visit"
    usual = spoken_length(drift.usual_days)
    match drift.usual_from:
        case UsualFrom.SERVICE:
            return f"Came once, {since} ago; after what they had, people are usually back in {usual}"
        case UsualFrom.PRACTICE:
            return f"Came once, {since} ago; those who come back here usually do after {usual}"
    if drift.visits == 2:
        return f"Came back once; people like that usually come every {usual}; {since} since the last visit"
    return f"Usually every {usual}; {since} since the last visit"
