"""Writes small exports and reads them the way the import does."""

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from loyalty.intake.fhir.errors import Outcome, RowError
from loyalty.intake.fhir.export import read_export
from loyalty.intake.fhir.plan import Plan, PlannedPatient, PlannedPractice
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import LocationRow, PatientRow, PractitionerRow, VisitRow
from loyalty.intake.fhir.source import open_source
from loyalty.intake.fhir.spool import open_spool
from loyalty.intake.fhir.tally import Tally

READING = Reading(zone=ZoneInfo("America/New_York"), today=date(2026, 11, 23))


def patient(id: str = "p1", **fields: Any) -> dict[str, Any]:
    return {"resourceType": "Patient", "id": id, "name": [{"family": "Lee", "given": ["Ann"]}]} | fields


def organization(id: str = "o1", **fields: Any) -> dict[str, Any]:
    return {"resourceType": "Organization", "id": id, "name": f"Practice {id}"} | fields


def practitioner(id: str = "dr1", **fields: Any) -> dict[str, Any]:
    return {"resourceType": "Practitioner", "id": id, "name": [{"family": "Sato", "prefix": ["Dr."]}]} | fields


def encounter(id: str = "e1", *, of: str = "p1", at: str | None = "o1", **fields: Any) -> dict[str, Any]:
    resource = {
        "resourceType": "Encounter",
        "id": id,
        "status": "finished",
        "subject": {"reference": f"Patient/{of}"},
        "period": {"start": "2026-05-04T10:00:00-04:00", "end": "2026-05-04T10:30:00-04:00"},
    }
    return resource | ({"serviceProvider": {"reference": f"Organization/{at}"}} if at else {}) | fields


def appointment(id: str = "a1", *, of: str = "p1", **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "Appointment",
        "id": id,
        "status": "booked",
        "start": "2026-12-01T15:00:00Z",
        "participant": [{"actor": {"reference": f"Patient/{of}"}, "status": "accepted"}],
    } | fields


def procedure(id: str = "c1", *, at: str = "e1", **fields: Any) -> dict[str, Any]:
    return {
        "resourceType": "Procedure",
        "id": id,
        "status": "completed",
        "code": {"text": "Peel"},
        "encounter": {"reference": f"Encounter/{at}"},
    } | fields


def lines(*resources: Any) -> bytes:
    """NDJSON; bytes among the resources stand for themselves."""
    return b"".join((item if isinstance(item, bytes) else json.dumps(item).encode()) + b"\n" for item in resources)


def bundle(*resources: Any, **fields: Any) -> bytes:
    entries = [{"resource": item} for item in resources]
    return json.dumps({"resourceType": "Bundle", "type": "collection", "entry": entries} | fields).encode()


def write(folder: Path, **files: bytes) -> Path:
    """`patients_ndjson_gz=b"…"` becomes patients.ndjson.gz, compressed."""
    for name, data in files.items():
        path = folder / name.replace("_", ".")
        path.write_bytes(gzip.compress(data) if path.suffix == ".gz" else data)
    return folder


@dataclass
class Export:
    """Everything an export says, read at once: only for small ones."""

    errors: list[RowError]
    tally: Tally
    practices: list[PlannedPractice]
    planned: dict[int, list[PlannedPatient]]
    visits_of: dict[int, list[VisitRow]]
    practitioners: list[PractitionerRow]
    locations: list[LocationRow]

    @property
    def patients(self) -> list[PatientRow]:
        return [planned.row for key in self.planned for planned in self.planned[key]]

    @property
    def visits(self) -> list[VisitRow]:
        return [visit for key in self.visits_of for visit in self.visits_of[key]]

    def reasons(self, outcome: Outcome = Outcome.REFUSED) -> list[str]:
        return [error.reason for error in self.errors if error.outcome is outcome]


def read(path: Path, *, by_organization: bool = False, reading: Reading = READING) -> Export:
    errors: list[RowError] = []
    tally = Tally(errors.append)
    with open_spool() as spool:
        read_export(open_source(path), spool=spool, reading=reading, tally=tally, progress=_nothing)
        plan = Plan(spool, by_organization=by_organization, reading=reading, tally=tally)
        practices = plan.practices()
        return Export(
            errors=errors,
            tally=tally,
            practices=practices,
            planned={practice.key: _rows(plan.patients(practice)) for practice in practices},
            visits_of={practice.key: _rows(plan.visits(practice)) for practice in practices},
            practitioners=[row for practice in practices for row in _rows(plan.practitioners(practice))],
            locations=[row for practice in practices for row in _rows(plan.locations(practice))],
        )


def read_lines(folder: Path, *resources: Any, by_organization: bool = False) -> Export:
    """One NDJSON file of these resources, read."""
    return read(write(folder, all_ndjson=lines(*resources)), by_organization=by_organization)


def _nothing(step: int) -> None:
    """Nobody watches the progress of a small export."""


def _rows(batches: Iterable[list[tuple[Any, Any]]]) -> list[Any]:
    return [row for batch in batches for _, row in batch]


def adds_up(export: Export) -> bool:
    """Whether every resource that was read either lands, is merged or repeated, or stands in the error report."""
    visits = sum(export.tally.of[kind].landing for kind in ("Encounter", "Appointment") if kind in export.tally.of)
    patients = {row.id for row in export.patients}
    landing = export.tally.of["Patient"].landing if "Patient" in export.tally.of else 0
    reported = sum(count.refused + count.skipped for count in export.tally.of.values()) + export.tally.unreadable
    return (
        visits == len(export.visits)
        and landing == len(patients)
        and reported == sum(error.outcome is not Outcome.KEPT for error in export.errors)
    )
