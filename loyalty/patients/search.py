"""Finding a patient by what somebody remembers: a name, the end of a phone number, an email, a record number."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from loyalty.patients.partial_date import PartialDate


@dataclass(frozen=True, slots=True)
class PatientHit:
    """phone, email: the one tried first, "" where there is none. Days are local to the visit's location."""

    id: UUID
    name: str
    record_number: str
    phone: str
    email: str
    birth: PartialDate
    deceased: bool
    last_visit_day: date | None
    next_visit_day: date | None


@dataclass(frozen=True, slots=True)
class SearchResult:
    """more: there are further hits beyond these."""

    hits: list[PatientHit]
    more: bool


def search(*, text: str, limit: int = 20, offset: int = 0) -> SearchResult:
    """Patients that match `text`, best first; all by family name when `text` is empty. Merged ones are left out."""
    raise NotImplementedError
