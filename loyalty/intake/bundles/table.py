"""The entries of a bundle as rows of patients and of visits: read, assessed and loaded as those of a table are."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from core.sheets.cells.faults import Issue, Report
from core.sheets.faults import RowFault
from loyalty.intake.bundles.around import Around, id_of
from loyalty.intake.bundles.entries import Entry
from loyalty.intake.bundles.own_ids import own_id_named, own_ids_of
from loyalty.intake.fhir.appointment import read_appointment
from loyalty.intake.fhir.encounter import read_encounter
from loyalty.intake.fhir.errors import RowRefused
from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.patient import read_patient
from loyalty.intake.fhir.plan import PlannedPatient
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import Identifier, ReadVisit
from loyalty.intake.loading.changes import Changes
from loyalty.intake.loading.patient_columns import columns_of
from loyalty.intake.sheets.cells.patient_row import LONGEST_ID, PatientCells
from loyalty.intake.sheets.cells.visit_row import VisitCells, Whom
from loyalty.intake.sheets.loading.assess import assess_patients, assess_visits
from loyalty.intake.sheets.loading.known import uuid_of
from loyalty.intake.sheets.loading.patients import load_patients
from loyalty.intake.sheets.loading.places import Places, places_of
from loyalty.intake.sheets.loading.seen import Seen
from loyalty.intake.sheets.loading.visits import load_visits
from loyalty.models import Import, VisitStatus


class BundleTable:
    """now: what is over by then is history. Raises DomainError where the practice has no location to put visits at."""

    def __init__(self, of: Import, *, now: datetime) -> None:
        self._of, self._now = of, now
        self._places: Places = places_of(of)
        zone = self._places.main.zone
        self._reading = Reading(zone=zone, today=now.astimezone(zone).date())
        self._around = Around.of(of, reading=self._reading)
        # Of this reading: patients who land, so that their visits are theirs before anything is written.
        self._landing: set[str] = set()

    def read(self, row: int, entry: Any, report: Report) -> PatientCells | VisitCells:
        """Raises RowFault for an entry that cannot land; what it lands without is reported."""
        remarks: dict[str, None] = {}
        fields = Fields(entry.data, remark=lambda remark: remarks.setdefault(remark))
        id = id_of(entry)
        if not id or len(id) > LONGEST_ID:
            raise RowFault("has no id that can be kept, so no second import would find it; give it an id")
        try:
            read = self._patient if entry.kind == "Patient" else self._visit
            found = read(row, entry, fields, id)
        except RowRefused as error:
            raise RowFault("; ".join([error.reason, *remarks])) from None
        for remark in remarks:
            report(Issue(row, "", remark, lands=True))
        return found

    def assess(self, rows: Sequence[Any], *, seen: Seen, report: Report) -> Changes:
        people, visits = _apart(rows)
        changes = assess_patients(people, of=self._of, seen=seen, report=report)
        return changes + assess_visits(
            visits, of=self._of, seen=seen, now=self._now, report=report, landing=self._landing
        )

    def load(self, rows: Sequence[Any], *, at: datetime, report: Report) -> Changes:
        people, visits = _apart(rows)
        changes = load_patients(people, of=self._of, at=at, report=report)
        return changes + load_visits(visits, of=self._of, at=at, now=self._now, report=report)

    def _patient(self, row: int, _entry: Entry, fields: Fields, id: str) -> PatientCells:
        read = read_patient(fields, id=id, reading=self._reading)
        if read.replaced_by is not None and read.replaced_by.key != id:
            raise RowFault("link says that another record replaces this patient; its visits go there, so leave it out")
        self._landing.add(id)
        columns = columns_of(PlannedPatient(read.row, None), record_number=read.row.record_number)
        return PatientCells(
            row=row, external_id=id, columns=columns, reaches=read.row.reaches, notes=(), birthday=None,
            own_ids=self._own_ids(fields),
        )  # fmt: skip

    def _own_ids(self, fields: Fields) -> tuple[Identifier, ...]:
        return own_ids_of(fields, application_id=self._of.by_application_id, reading=self._reading)

    def _visit(self, row: int, entry: Entry, fields: Fields, id: str) -> VisitCells:
        is_encounter = entry.kind == "Encounter"
        read = (read_encounter if is_encounter else read_appointment)(fields, reading=self._reading)
        place = self._around.places.get(read.location.key, read.location.display) if read.location else ""
        site = self._places.by_name.get(place.casefold())
        staff = read.practitioner
        return VisitCells(
            row=row,
            visit_id=_visit_id(read, entry.kind, id),
            whom=self._whom(read),
            site=site or self._places.main,
            is_placed=site is not None,
            starts_at=read.starts_at,
            ends_at=read.ends_at,
            booked_at=read.booked_at,
            status=VisitStatus(read.status.value),
            service=read.service.name if read.service else "",
            staff=self._around.staff.get(staff.key, staff.display) if staff else "",
            own_ids=self._own_ids(fields),
        )

    def _whom(self, read: ReadVisit) -> Whom:
        key = self._whose(read)
        own = own_id_named(key, application_id=self._of.by_application_id)
        return Whom("" if own else key, "", "", "", (), own_ids=(own,) if own else ())

    def _whose(self, read: ReadVisit) -> str:
        if read.patient is not None:
            return self._around.patient(read.patient)
        for actor in read.untyped_actors:
            if self._around.is_patient(actor):
                return self._around.patient(actor)
        raise RowFault("participant names no patient of this bundle; write a reference to a Patient")


def _visit_id(read: ReadVisit, kind: str, id: str) -> str:
    """What became of an appointment is the same visit. Elsewhere two resources of two types may have one id."""
    if read.appointments:
        kind, id = "Appointment", read.appointments[0].key
    return id if uuid_of(id) else f"{kind}/{id}"


def _apart(rows: Sequence[Any]) -> tuple[list[PatientCells], list[VisitCells]]:
    people = [one for one in rows if isinstance(one, PatientCells)]
    return people, [one for one in rows if isinstance(one, VisitCells)]
