"""Today at a location, in six statements: places, visits with briefs, notes, occasions, figures, and the trail."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core import audit
from loyalty.occasions.upcoming import OccasionDay, upcoming
from loyalty.today.figures import Figures
from loyalty.today.places import Place, open_places
from loyalty.today.read_figures import read_figures
from loyalty.today.urgent import Urgent
from loyalty.touchpoints.note_facts import open_notes
from loyalty.touchpoints.notes import NoteCard, card_of
from loyalty.visits.facts import facts_of_day
from loyalty.visits.local_time import zone_of
from loyalty.visits.row import VisitRow, visit_rows

NOTES_SHOWN = 3
# Some of those due first may turn out to be held; so many more are read to fill their places.
NOTES_READ = 9
DAYS_AHEAD = 7


@dataclass(frozen=True, slots=True)
class TodayPage:
    """local_now: in the location's time zone. places: all open locations. notes_left: open ones beyond `notes`.

    occasions: today and the six days after it. visits: of the location; notes, occasions and figures: of the practice.
    """

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
    urgent: Urgent


def today(
    *, now: datetime, location_id: UUID | None = None, clinical: bool = False, feedback: bool = False
) -> TodayPage:
    """The day of `location_id`, or of the first location. Raises NotFound for a location that is not open.

    clinical, feedback: whether the asker may see clinical memories (Verb.CLINICAL_VIEW) and what patients answered
    (Verb.FEEDBACK_VIEW); the briefs leave out what they may not.
    """
    here, places = open_places(location_id)
    zone = zone_of(here.time_zone)
    local_now = now.astimezone(zone)
    day = local_now.date()
    facts = facts_of_day(location_id=here.id, day=day, clinical=clinical, feedback=feedback)
    waiting = open_notes(limit=NOTES_READ, held=False)
    cards = (card_of(note, now=now) for note in waiting.notes)
    notes = tuple(card for card in cards if not card.held)[:NOTES_SHOWN]
    read = read_figures(now=now, location_id=here.id, zone=zone, feedback=feedback)
    occasions = tuple(upcoming(first=day, days=DAYS_AHEAD))
    audit.record(
        "day.read",
        patients=[
            *(one.patient_id for one in facts),
            *(one for card in notes for one in card.shown),
            *(item.patient_id for one in occasions for item in one.items),
            *(one.patient_id for one in read.urgent.first),
        ],
        detail={"location": here.id, "day": day.isoformat()},
    )
    return TodayPage(
        location=here,
        places=places,
        day=day,
        local_now=local_now,
        visits=visit_rows(facts, now=now),
        tomorrow_count=read.tomorrow_count,
        notes=notes,
        notes_left=max(waiting.to_write - len(notes), 0),
        occasions=occasions,
        figures=read.figures,
        urgent=read.urgent,
    )
