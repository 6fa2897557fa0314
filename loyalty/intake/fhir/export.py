"""Reads a whole export into a spool: the first pass."""

from collections.abc import Callable

from loyalty.intake.fhir.appointment import read_appointment
from loyalty.intake.fhir.encounter import read_encounter
from loyalty.intake.fhir.errors import Outcome, RowError, RowRefused, RowSkipped, SourceError
from loyalty.intake.fhir.fields import Fields, kind_of
from loyalty.intake.fhir.location import read_location
from loyalty.intake.fhir.organization import read_organization
from loyalty.intake.fhir.patient import read_patient
from loyalty.intake.fhir.practitioner import read_practitioner
from loyalty.intake.fhir.procedure import read_procedure
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.references import key_of_url
from loyalty.intake.fhir.resource_types import READ
from loyalty.intake.fhir.resources import Progress, Resource, read_resources
from loyalty.intake.fhir.source import Source
from loyalty.intake.fhir.spool import Spool, Twin
from loyalty.intake.fhir.tally import Tally

ID_CHARACTERS = 128


def read_export(source: Source, *, spool: Spool, reading: Reading, tally: Tally, progress: Progress) -> None:
    """Puts every row that can land into the spool and reports every other one to the tally.

    Raises SourceError where the files hold no resource that is read here.
    """
    reader = _Reader(spool, reading, tally)
    for file in source.files:
        for resource in read_resources(file, report=tally.report, progress=progress):
            if resource.kind in READ:
                reader.take(resource)
            else:
                tally.passed_over[resource.kind] += 1
    if not tally.of:
        seen = f"Only {', '.join(sorted(tally.passed_over))} were found. " if tally.passed_over else ""
        message = (
            f"{source.path} holds no FHIR resource to import. {seen}Export Patient and Encounter as NDJSON or bundles."
        )
        raise SourceError("nothing_to_import", message)


class _Reader:
    def __init__(self, spool: Spool, reading: Reading, tally: Tally) -> None:
        self._spool = spool
        self._reading = reading
        self._tally = tally
        self._take: dict[str, Callable[[Fields, Resource, str], Twin | None]] = {
            "Patient": self._patient,
            "Encounter": self._visit,
            "Appointment": self._visit,
            "Procedure": self._procedure,
            "Organization": self._organization,
            "Practitioner": self._practitioner,
            "Location": self._location,
        }

    def take(self, resource: Resource) -> None:
        """Reads and spools one resource; reports it where it cannot land, or lands without something."""
        count = self._tally.count(resource.kind)
        count.read += 1
        remarks: dict[str, None] = {}
        fields = Fields(resource.data, remark=lambda remark: remarks.setdefault(remark))
        id = ""
        try:
            id = _id(fields, resource)
            twin = self._take[resource.kind](fields, resource, id)
        except RowRefused as error:
            why = "; ".join([error.reason, *remarks])
            self._report(resource, id, why, Outcome.SKIPPED if isinstance(error, RowSkipped) else Outcome.REFUSED)
            return
        if twin is None:
            self._alias(resource, id)
            for remark in remarks:
                self._report(resource, id, remark, Outcome.KEPT)
        elif twin.same:
            count.repeated += 1
        else:
            first = f"{twin.origin.source}, line or entry {twin.origin.line}"
            self._report(
                resource, id, f"has the id of another {resource.kind} ({first}) that was kept", Outcome.REFUSED
            )

    def _report(self, resource: Resource, id: str, reason: str, outcome: Outcome) -> None:
        origin = resource.origin
        self._tally.report(RowError(origin.source, origin.line, resource.kind, id, reason, outcome))

    def _alias(self, resource: Resource, id: str) -> None:
        key = key_of_url(resource.full_url)
        if key and key != id:
            self._spool.add_alias(resource.kind, key, id)

    def _patient(self, fields: Fields, resource: Resource, id: str) -> Twin | None:
        read = read_patient(fields, id=id, reading=self._reading)
        if read.replaced_by is not None and read.replaced_by.key != id:
            self._spool.add_alias("Patient", id, read.replaced_by.key)
            self._alias(resource, id)
            raise RowSkipped("link says that another patient record replaces this one; its visits go there")
        return self._spool.add_patient(read, origin=resource.origin)

    def _visit(self, fields: Fields, resource: Resource, id: str) -> Twin | None:
        read = read_encounter if resource.kind == "Encounter" else read_appointment
        visit = read(fields, reading=self._reading)
        return self._spool.add_visit(visit, kind=resource.kind, id=id, origin=resource.origin)

    def _procedure(self, fields: Fields, resource: Resource, id: str) -> Twin | None:
        return self._spool.add_procedure(read_procedure(fields), id=id, origin=resource.origin)

    def _organization(self, fields: Fields, resource: Resource, id: str) -> Twin | None:
        return self._spool.add_organization(
            read_organization(fields, id=id, reading=self._reading), origin=resource.origin
        )

    def _practitioner(self, fields: Fields, resource: Resource, id: str) -> Twin | None:
        return self._spool.add_practitioner(
            read_practitioner(fields, id=id, reading=self._reading), origin=resource.origin
        )

    def _location(self, fields: Fields, resource: Resource, id: str) -> Twin | None:
        return self._spool.add_location(read_location(fields, id=id, reading=self._reading), origin=resource.origin)


def _id(fields: Fields, resource: Resource) -> str:
    """The resource's id, or what its bundle calls it."""
    written = fields.raw("id")
    if written is not None and not isinstance(written, str):
        raise RowRefused(f"id is {kind_of(written)}, not text; write it in quotes")
    id = fields.text("id", most=ID_CHARACTERS) or key_of_url(resource.full_url)
    if not id:
        raise RowRefused("has no id that can be kept, so nothing can refer to it and no second import could find it")
    return id
