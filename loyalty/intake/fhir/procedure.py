"""Reads a Procedure: what was done at an encounter."""

from loyalty.intake.fhir.coding import read_concept
from loyalty.intake.fhir.errors import RowRefused, RowSkipped
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.references import Reference, read_reference
from loyalty.intake.fhir.rows import ReadProcedure

# http://hl7.org/fhir/R4/valueset-event-status.html: these did not take place.
_NOT_DONE = {"preparation", "not-done", "entered-in-error"}


def read_procedure(fields: Fields) -> ReadProcedure:
    """The procedure; raises RowRefused where it names no encounter or no code, RowSkipped where it was not done."""
    status = fields.text("status", most=64)
    if status in _NOT_DONE:
        raise RowSkipped(f"status is {status}: it was not done")
    what = read_concept(fields.part("code"))
    if what is None:
        raise RowRefused("code does not say what was done; write a code or a text")
    encounter = read_reference(fields.part("encounter"), to="Encounter")
    if encounter is None:
        raise RowRefused("encounter names no visit; write a reference to an Encounter")
    return ReadProcedure(what, encounter, _performer(fields))


def _performer(fields: Fields) -> Reference | None:
    return next(
        (
            found
            for item in fields.parts("performer")
            if (found := read_reference(item.part("actor"), to="Practitioner"))
        ),
        None,
    )
