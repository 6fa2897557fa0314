"""Everything one page says about a patient."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from loyalty.models import Memory, Patient
from loyalty.patients.partial_date import PartialDate
from loyalty.visits.row import VisitRow


@dataclass(frozen=True, slots=True)
class Reach:
    """One way to reach the patient. way: "call", "text", "email" or "letter". wish: what discretion or consent says."""

    way: str
    label: str
    value: str
    wish: str
    allowed: bool


@dataclass(frozen=True, slots=True)
class ConsentAnswer:
    channel: str
    purpose: str
    granted: bool
    decided_at: datetime


@dataclass(frozen=True, slots=True)
class Contact:
    """wishes: discretion in words, "No voicemail". guardian: who is contacted in a minor's place, or ""."""

    reach: tuple[Reach, ...]
    wishes: tuple[str, ...]
    consents: tuple[ConsentAnswer, ...]
    guardian: str


@dataclass(frozen=True, slots=True)
class PatientOccasion:
    """day: when it next falls. id: None where it comes from the birth date or the first visit."""

    id: UUID | None
    day: date
    what: str
    in_days: int


@dataclass(frozen=True, slots=True)
class TimelineItem:
    """kind: "visit", "touchpoint", "feedback", "consent" or "recovery". state: the row's own status word."""

    when: datetime
    kind: str
    title: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Sent:
    """Somebody this patient sent to us."""

    patient_id: UUID
    name: str
    on: date
    visits: int


@dataclass(frozen=True, slots=True)
class LoyaltyNumbers:
    """visits: completed visit days. usual_interval: median days between them, None below three visits."""

    visits: int
    visit_days: tuple[date, ...]
    last_visit_day: date | None
    last_score: int | None
    patient_since: date | None
    usual_interval: int | None
    due: tuple[date, date] | None


@dataclass(frozen=True, slots=True)
class PatientPage:
    patient: Patient
    name: str
    birth: PartialDate
    age: int | None
    with_staff: str
    contact: Contact
    memories: tuple[Memory, ...]
    occasions: tuple[PatientOccasion, ...]
    upcoming: tuple[VisitRow, ...]
    timeline: tuple[TimelineItem, ...]
    timeline_more: int
    loyalty: LoyaltyNumbers
    sent: tuple[Sent, ...]
    came_through: str


def patient_page(
    *,
    patient_id: UUID,
    now: datetime,
    clinical: bool,
    feedback: bool = False,
    show: str = "",
    timeline_limit: int = 40,
) -> PatientPage:
    """Raises NotFound. A merged patient's page is that of the one they were merged into.

    clinical: the asker may see what providers keep to themselves (Verb.CLINICAL_VIEW).
    feedback: the asker may see scores and answers (Verb.FEEDBACK_VIEW).
    show: one kind of the timeline, "" for all. upcoming: open visits, each with its brief, the nearest first.
    """
    raise NotImplementedError
