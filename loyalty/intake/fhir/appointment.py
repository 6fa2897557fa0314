"""Reads an Appointment: a visit that is booked, was missed, or took place."""

from loyalty.intake.fhir.coding import read_concept
from loyalty.intake.fhir.errors import RowRefused, RowSkipped
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.moments import read_end, read_moment
from loyalty.intake.fhir.quoting import quoted
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import Reference, read_reference
from loyalty.intake.fhir.rows import Coded, ReadVisit, VisitStatus

# http://hl7.org/fhir/R4/valueset-appointmentstatus.html
STATUSES = {
    "proposed": VisitStatus.BOOKED,
    "pending": VisitStatus.BOOKED,
    "booked": VisitStatus.BOOKED,
    "arrived": VisitStatus.ARRIVED,
    "checked-in": VisitStatus.ARRIVED,
    "fulfilled": VisitStatus.COMPLETED,
    "cancelled": VisitStatus.CANCELLED,
    "noshow": VisitStatus.NO_SHOW,
}


def read_appointment(fields: Fields, *, reading: Reading) -> ReadVisit:
    """The visit; raises RowRefused where patient, status or start cannot be told, RowSkipped if it is none."""
    status = _status(fields)
    actors = [actor for item in fields.parts("participant") if (actor := item.part("actor"))]
    patient = _first(actors, "Patient")
    untyped = _untyped(actors)
    if patient is None and not untyped:
        raise RowRefused("participant names no patient; write a reference to a Patient")
    start = read_moment(fields, "start", reading=reading)
    if start is None:
        raise RowRefused("start does not say when the visit is; write a date and time with offset")
    booked = read_moment(fields, "created", reading=reading)
    return ReadVisit(
        status=status,
        starts_at=start.at,
        ends_at=read_end(fields, start, reading=reading),
        day_only=start.day_only,
        booked_at=None if booked is None or booked.day_only or booked.at > start.at else booked.at,
        arrived_at=None,
        service=_service(fields),
        reason=next((said for item in fields.parts("reasonCode") if (said := read_concept(item))), None),
        patient=patient,
        practitioner=_first(actors, "Practitioner"),
        location=_first(actors, "Location"),
        organization=None,
        appointments=(),
        untyped_actors=untyped,
    )


def _status(fields: Fields) -> VisitStatus:
    written = fields.text("status", most=64)
    if written == "entered-in-error":
        raise RowSkipped("status is entered-in-error: its source says that it was never made")
    if written == "waitlist":
        raise RowSkipped("status is waitlist: no time was given to the patient")
    if written not in STATUSES:
        known = ", ".join(STATUSES)
        raise RowRefused(f"status {quoted(written)} does not tell what became of the appointment; write one of {known}")
    return STATUSES[written]


def _first(actors: list[Fields], kind: str) -> Reference | None:
    """The first actor that is said to be of the type."""
    return next((found for actor in actors if (found := read_reference(actor, to=kind)) and found.kind), None)


def _untyped(actors: list[Fields]) -> tuple[Reference, ...]:
    """Actors that may be anybody (urn:uuid): who they are shows once everything is read."""
    found = (read_reference(actor, to="Patient") for actor in actors)
    return tuple(reference for reference in found if reference is not None and not reference.kind)


def _service(fields: Fields) -> Coded | None:
    for name in ("serviceType", "specialty"):
        found = next((said for item in fields.parts(name) if (said := read_concept(item))), None)
        if found:
            return found
    return read_concept(fields.part("appointmentType"))
