"""The rows an export is read into: typed, normalized, and no more of a patient than Perennial keeps.

Two rows are equal if they say the same. Where a row was read travels beside it, as its Origin.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from loyalty.intake.fhir.dates import PartialDate
from loyalty.intake.fhir.references import Reference


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a row was read: the file's name and its line (in a bundle: its entry), from 1."""

    source: str
    line: int


@dataclass(frozen=True, slots=True)
class Identifier:
    """system: "" where none is written. value: text, leading zeros kept."""

    system: str
    value: str


@dataclass(frozen=True, slots=True)
class Coded:
    """Something named by a code, in words, or both; `name` is never empty."""

    name: str
    system: str = ""
    code: str = ""


@dataclass(frozen=True, slots=True)
class Reach:
    """A phone number or an email address as it was written. rank: among its kind, 1 is tried first."""

    kind: str
    value: str
    label: str
    rank: int


@dataclass(frozen=True, slots=True)
class Address:
    line: str = ""
    city: str = ""
    state: str = ""
    postal_code: str = ""
    country: str = ""


@dataclass(frozen=True, slots=True)
class RelatedContact:
    """Somebody to contact for the patient; a guardian only where the export says so."""

    name: str
    relation: str
    is_guardian: bool
    phone: str
    email: str


@dataclass(frozen=True, slots=True)
class PatientRow:
    id: str
    record_number: str
    identifiers: tuple[Identifier, ...]
    given_name: str
    family_name: str
    preferred_name: str
    pronouns: str
    birth_date: PartialDate | None
    deceased: bool
    deceased_on: PartialDate | None
    language: str
    reaches: tuple[Reach, ...]
    address: Address
    contacts: tuple[RelatedContact, ...]


@dataclass(frozen=True, slots=True)
class PractitionerRow:
    id: str
    name: str
    active: bool
    identifiers: tuple[Identifier, ...]


@dataclass(frozen=True, slots=True)
class OrganizationRow:
    id: str
    name: str
    identifiers: tuple[Identifier, ...]
    phone: str
    email: str
    address: Address


@dataclass(frozen=True, slots=True)
class LocationRow:
    id: str
    name: str
    identifiers: tuple[Identifier, ...]
    address: Address


class VisitStatus(StrEnum):
    BOOKED = "booked"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class VisitRow:
    """An encounter, or an appointment that no encounter followed. All moments are aware, UTC.

    day_only: the export names the day, not the hour; `starts_at` is then noon of that day.
    booked_at, arrived_at: None where they were not recorded.
    service: what the visit was for, by its service type, type or procedures, the first that is written.
    reason: the service in words; where none is written the reason, which is often a diagnosis and so no service.
    procedures: what was done, in the order of the export.
    """

    resource: str
    id: str
    patient_id: str
    practitioner_id: str | None
    location_id: str | None
    status: VisitStatus
    starts_at: datetime
    ends_at: datetime | None
    day_only: bool
    booked_at: datetime | None
    arrived_at: datetime | None
    service: Coded | None
    reason: str
    procedures: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class ReadVisit:
    """A visit as its resource tells it; whom and what it refers to is found once everything is read.

    patient: None only where it must be among the untyped actors of an appointment.
    """

    status: VisitStatus
    starts_at: datetime
    ends_at: datetime | None
    day_only: bool
    booked_at: datetime | None
    arrived_at: datetime | None
    service: Coded | None
    reason: Coded | None
    patient: Reference | None
    practitioner: Reference | None
    location: Reference | None
    organization: Reference | None
    appointments: tuple[Reference, ...]
    untyped_actors: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadProcedure:
    what: Coded
    encounter: Reference
    performer: Reference | None


@dataclass(frozen=True, slots=True)
class ReadPatient:
    """A patient, and the organizations that may stand in where no visit tells one; `replaced_by`: use that one."""

    row: PatientRow
    organizations: tuple[Reference, ...]
    replaced_by: Reference | None


@dataclass(frozen=True, slots=True)
class ReadLocation:
    row: LocationRow
    organization: Reference | None
