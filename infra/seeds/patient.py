"""An invented patient and an invented visit, while they are being lived."""

from dataclasses import dataclass, field
from enum import StrEnum

from infra.seeds.catalogue import Offer
from infra.seeds.house import Service, Site, Worker


class Fate(StrEnum):
    """What becomes of a visit; OPEN until its day has come."""

    OPEN = "open"
    KEPT = "kept"
    MISSED = "missed"
    CANCELLED = "cancelled"


@dataclass(slots=True)
class Patient:
    """Days are ordinals, moments seconds since 1970.

    every: mean days between this person's visits. leaves: chance that a visit was the last one. kept: visits so far,
    those before the three years included. mood: what this person's answers have in common. since: first day with us.
    is_new: came first within the three years.
    """

    number: int
    first_day: int
    since: int
    is_new: bool
    site: Site
    provider: Worker
    offer: Offer
    every: float
    leaves: float
    mood: float
    early: bool
    assessed_first: bool
    sessions_left: int
    kept: int
    visits: list["Visit"] = field(default_factory=list)
    # Who they are: filled in by describe.py.
    id: str = ""
    created_at: int = 0
    given: str = ""
    family: str = ""
    preferred: str = ""
    pronouns: str = ""
    born: tuple[int | None, int | None, int | None] = (None, None, None)
    is_minor: bool = False
    address: str = ""
    postal_code: str = ""
    phone: str = ""
    email: str = ""
    channel: str = ""
    no_voicemail: bool = False
    plain_envelope: bool = False
    not_at_home: bool = False
    no_contact: bool = False
    deceased_on: int | None = None
    tags: list[str] = field(default_factory=list)

    @property
    def called(self) -> str:
        return self.preferred or self.given

    @property
    def may_be_contacted(self) -> bool:
        return not self.no_contact and self.deceased_on is None


@dataclass(slots=True)
class Visit:
    """minute: after midnight at the site. The moments are seconds since 1970; None where it did not happen.

    kept_before: how many visits the patient had kept before it. is_history: from before the practice joined.
    """

    id: str
    patient: Patient
    site: Site
    provider: Worker
    service: Service
    day: int
    minute: int
    starts_at: int
    booked_at: int
    kept_before: int
    walked_in: bool = False
    is_history: bool = False
    fate: Fate = Fate.OPEN
    arrived_at: int | None = None
    seen_at: int | None = None
    read_at: int | None = None
    completed_at: int | None = None
    cancelled_at: int | None = None

    @property
    def minutes(self) -> int:
        return self.service.offer.minutes

    @property
    def ends_at(self) -> int:
        return self.starts_at + self.minutes * 60

    @property
    def waited(self) -> int:
        """Minutes between being here at the agreed time, or coming later, and being seen."""
        if self.arrived_at is None or self.seen_at is None:
            return 0
        return (self.seen_at - max(self.arrived_at, self.starts_at)) // 60
