"""Today at a location, in at most five queries."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from loyalty.occasions.upcoming import OccasionDay
from loyalty.today.figures import Figures
from loyalty.touchpoints.notes import NoteCard
from loyalty.visits.row import VisitRow


@dataclass(frozen=True, slots=True)
class Place:
    id: UUID
    name: str
    time_zone: str


@dataclass(frozen=True, slots=True)
class TodayPage:
    """local_now: in the location's time zone. places: all open locations. notes_left: open ones beyond `notes`."""

    location: Place
    places: tuple[Place, ...]
    day: date
    local_now: datetime
    visits: tuple[VisitRow, ...]
    tomorrow_count: int
    notes: tuple[NoteCard, ...]
    notes_left: int
    occasions: tuple[OccasionDay, ...]
    figures: Figures


def today(
    *, now: datetime, location_id: UUID | None = None, clinical: bool = False, feedback: bool = False
) -> TodayPage:
    """The day of `location_id`, or of the first location. Raises NotFound for a location that is not there.

    clinical, feedback: whether the asker may see clinical memories (Verb.CLINICAL_VIEW) and what patients answered
    (Verb.FEEDBACK_VIEW); the briefs leave out what they may not.
    """
    raise NotImplementedError
