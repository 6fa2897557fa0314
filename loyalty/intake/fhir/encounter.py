"""Reads an Encounter: a visit that took place, is taking place, or is planned."""

from datetime import datetime

from loyalty.intake.fhir.coding import codes_of, read_concept
from loyalty.intake.fhir.errors import RowRefused, RowSkipped
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.moments import read_end, read_moment
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import Reference, read_reference
from loyalty.intake.fhir.rows import Coded, ReadVisit, VisitStatus

# http://hl7.org/fhir/R4/valueset-encounter-status.html
STATUSES = {
    "planned": VisitStatus.BOOKED,
    "arrived": VisitStatus.ARRIVED,
    "triaged": VisitStatus.ARRIVED,
    "in-progress": VisitStatus.ARRIVED,
    "onleave": VisitStatus.ARRIVED,
    "finished": VisitStatus.COMPLETED,
    "cancelled": VisitStatus.CANCELLED,
}

# Who of several participants the visit is of: primary performer, attender, secondary performer.
_PARTICIPANTS = ("PPRF", "ATND", "SPRF")


def read_encounter(fields: Fields, *, reading: Reading) -> ReadVisit:
    """The visit; raises RowRefused where patient, status or start cannot be told, RowSkipped if entered in error."""
    status = _status(fields)
    patient = read_reference(fields.part("subject"), to="Patient")
    if patient is None:
        raise RowRefused("subject names no patient; write a reference to a Patient")
    period = fields.part("period")
    start = read_moment(period, "start", reading=reading)
    if period is None or start is None:
        raise RowRefused("period.start does not say when the visit began; write a date and time with offset")
    return ReadVisit(
        status=status,
        starts_at=start.at,
        ends_at=read_end(period, start, reading=reading),
        day_only=start.day_only,
        booked_at=None,
        arrived_at=_arrived_at(fields, reading),
        service=_service(fields),
        reason=_first_concept(fields, "reasonCode"),
        patient=patient,
        practitioner=_practitioner(fields),
        location=_location(fields),
        organization=read_reference(fields.part("serviceProvider"), to="Organization"),
        appointments=tuple(
            found for item in fields.parts("appointment") if (found := read_reference(item, to="Appointment"))
        ),
    )


def _status(fields: Fields) -> VisitStatus:
    written = fields.text("status", most=64)
    if written == "entered-in-error":
        raise RowSkipped("status is entered-in-error: its source says that it did not happen")
    if written not in STATUSES:
        known = ", ".join(STATUSES)
        raise RowRefused(f"status {quoted(written)} does not tell what became of the visit; write one of {known}")
    return STATUSES[written]


def _arrived_at(fields: Fields, reading: Reading) -> datetime | None:
    for item in fields.parts("statusHistory"):
        if item.raw("status") == "arrived":
            arrived = read_moment(item.part("period"), "start", reading=reading)
            return None if arrived is None or arrived.day_only else arrived.at
    return None


def _service(fields: Fields) -> Coded | None:
    return read_concept(fields.part("serviceType")) or _first_concept(fields, "type")


def _first_concept(fields: Fields, name: str) -> Coded | None:
    return next((said for item in fields.parts(name) if (said := read_concept(item))), None)


def _practitioner(fields: Fields) -> Reference | None:
    best: tuple[int, Reference] | None = None
    for item in fields.parts("participant"):
        found = read_reference(item.part("individual"), to="Practitioner")
        if found is None:
            continue
        codes = {code for concept in item.parts("type") for code in codes_of(concept)}
        rank = next((i for i, code in enumerate(_PARTICIPANTS) if code in codes), len(_PARTICIPANTS))
        if best is None or rank < best[0]:
            best = (rank, found)
    return best[1] if best else None


def _location(fields: Fields) -> Reference | None:
    return next(
        (found for item in fields.parts("location") if (found := read_reference(item.part("location"), to="Location"))),
        None,
    )
