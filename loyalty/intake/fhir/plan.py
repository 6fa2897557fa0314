"""What goes into which practice, streamed in batches: the second pass."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import orjson

from loyalty.intake.fhir.codec import (
    decode_coded,
    decode_location,
    decode_moment,
    decode_organization,
    decode_patient,
    decode_practitioner,
)
from loyalty.intake.fhir.placing import place
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import (
    Coded,
    LocationRow,
    OrganizationRow,
    Origin,
    PatientRow,
    PractitionerRow,
    VisitRow,
    VisitStatus,
)
from loyalty.intake.fhir.spool import Spool
from loyalty.intake.fhir.tally import Tally

BATCH = 2_000

Row = TypeVar("Row")
Batch = list[tuple[Origin, Row]]


@dataclass(frozen=True, slots=True)
class PlannedPractice:
    """key: names the practice to the plan. organization: None where everything goes into one practice.

    same_day: how many of its visits that took place fall on a day on which the same patient is counted already.
    """

    key: int
    organization: OrganizationRow | None
    patients: int
    visits: int
    same_day: int
    practitioners: int


@dataclass(frozen=True, slots=True)
class PlannedPatient:
    """first_day: of the patient's first visit in this practice that took place; None without one."""

    row: PatientRow
    first_day: date | None


class Plan:
    """The export, ordered: practices by the order of their organizations, and within each the rows in a fixed order.

    Every method streams from disk and may be called again. Batches hold up to `size` pairs of (origin, row).
    """

    def __init__(self, spool: Spool, *, by_organization: bool, reading: Reading, tally: Tally) -> None:
        self._db = spool.connection
        place(spool, by_organization=by_organization, reading=reading, tally=tally)

    def practices(self) -> list[PlannedPractice]:
        rows = self._db.execute(
            "SELECT seats.practice, o.row, seats.n, (SELECT count(*) FROM placed p WHERE p.practice = seats.practice),"
            " (SELECT count(*) - count(DISTINCT p.patient || ' ' || p.day) FROM placed p"
            "  WHERE p.practice = seats.practice AND p.happened),"
            " (SELECT count(DISTINCT p.practitioner) FROM placed p WHERE p.practice = seats.practice)"
            " FROM (SELECT practice, count(*) AS n FROM seat GROUP BY practice) seats"
            " LEFT JOIN organization o ON o.seq = seats.practice ORDER BY seats.practice"
        )
        return [
            PlannedPractice(key, decode_organization(row) if row else None, *counts)
            for key, row, *counts in rows.fetchall()
        ]

    def practitioners(self, practice: PlannedPractice, *, size: int = BATCH) -> Iterator[Batch[PractitionerRow]]:
        return self._named("practitioner", decode_practitioner, practice, size)

    def locations(self, practice: PlannedPractice, *, size: int = BATCH) -> Iterator[Batch[LocationRow]]:
        return self._named("location", decode_location, practice, size)

    def patients(self, practice: PlannedPractice, *, size: int = BATCH) -> Iterator[Batch[PlannedPatient]]:
        return self._batches(
            "SELECT s.name, t.line, t.row, (SELECT min(p.day) FROM placed p"
            "  WHERE p.practice = seat.practice AND p.patient = seat.patient AND p.happened)"
            " FROM seat JOIN patient t ON t.seq = seat.patient"
            " LEFT JOIN source s ON s.seq = t.source WHERE seat.practice = ? ORDER BY seat.patient",
            practice,
            size,
            _patient,
        )

    def visits(self, practice: PlannedPractice, *, size: int = BATCH) -> Iterator[Batch[VisitRow]]:
        """By patient in the order of `patients`, then by start."""
        return self._batches(
            "SELECT s.name, v.line, v.kind, v.id, t.id, r.id, l.id, v.status, v.starts, v.ends, v.day_only, v.booked,"
            " v.arrived, v.service, v.reason, (SELECT group_concat(what) FROM (SELECT c.what FROM done d"
            "  JOIN procedure c ON c.seq = d.procedure WHERE d.visit = v.seq ORDER BY c.seq))"
            " FROM placed p JOIN visit v ON v.seq = p.visit JOIN source s ON s.seq = v.source"
            " JOIN patient t ON t.seq = p.patient LEFT JOIN practitioner r ON r.seq = p.practitioner"
            " LEFT JOIN location l ON l.seq = p.location WHERE p.practice = ? ORDER BY p.patient, p.starts, p.visit",
            practice,
            size,
            _visit,
        )

    def _named(
        self, table: str, decode: Callable[[bytes], Row], practice: PlannedPractice, size: int
    ) -> Iterator[Batch[Row]]:
        return self._batches(
            f"SELECT s.name, t.line, t.row FROM (SELECT DISTINCT {table} AS seq FROM placed WHERE practice = ?) used"  # noqa: S608
            f" JOIN {table} t ON t.seq = used.seq LEFT JOIN source s ON s.seq = t.source ORDER BY t.seq",
            practice,
            size,
            lambda row: decode(row[0]),
        )

    def _batches(
        self, statement: str, practice: PlannedPractice, size: int, decode: Callable[[tuple[Any, ...]], Row]
    ) -> Iterator[Batch[Row]]:
        cursor = self._db.execute(statement, (practice.key,))
        while rows := cursor.fetchmany(size):
            yield [(Origin(source, line), decode(tuple(rest))) for source, line, *rest in rows]


def _patient(row: tuple[Any, ...]) -> PlannedPatient:
    data, first_day = row
    return PlannedPatient(decode_patient(data), date.fromisoformat(first_day) if first_day else None)


def _visit(row: tuple[Any, ...]) -> VisitRow:
    (
        kind,
        id,
        patient,
        practitioner,
        location,
        status,
        starts,
        ends,
        day_only,
        booked,
        arrived,
        service,
        reason,
        done,
    ) = row
    procedures = tuple(Coded(**item) for item in orjson.loads(f"[{done or ''}]"))
    coded = decode_coded(service) or next(iter(procedures), None)
    said = coded or decode_coded(reason)
    return VisitRow(
        resource=kind,
        id=id,
        patient_id=patient,
        practitioner_id=practitioner,
        location_id=location,
        status=VisitStatus(status),
        starts_at=decode_moment(starts),
        ends_at=None if ends is None else decode_moment(ends),
        day_only=bool(day_only),
        booked_at=None if booked is None else decode_moment(booked),
        arrived_at=None if arrived is None else decode_moment(arrived),
        service=coded,
        reason=said.name if said else "",
        procedures=procedures,
    )
