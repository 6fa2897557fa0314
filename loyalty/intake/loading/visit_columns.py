"""What of a visit an import writes, and how a visit that is known changes by it."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from loyalty.intake.fhir.rows import VisitRow
from loyalty.intake.loading.locations import Site
from loyalty.models import VisitSource, VisitStatus

# How far a visit has come. An import moves it on, never back.
_STAGE = {
    VisitStatus.BOOKED: 0,
    VisitStatus.CONFIRMED: 1,
    VisitStatus.ARRIVED: 2,
    VisitStatus.COMPLETED: 3,
    VisitStatus.NO_SHOW: 3,
    VisitStatus.CANCELLED: 3,
}
_LAST_STAGE = 3


@dataclass(frozen=True, slots=True)
class VisitColumns:
    """In the order of COLUMNS. is_history: it is over, so the playbook must not fire for it."""

    patient_id: UUID
    location_id: UUID
    staff_id: UUID | None
    service_id: UUID | None
    status: str
    source: str
    starts_at: datetime
    ends_at: datetime | None
    day: date
    booked_at: datetime | None
    arrived_at: datetime | None
    completed_at: datetime | None
    cancelled_at: datetime | None
    is_history: bool
    reason: str


COLUMNS = tuple(VisitColumns.__dataclass_fields__)


def columns_of(
    row: VisitRow, *, patient_id: UUID, site: Site, staff_id: UUID | None, service_id: UUID | None, now: datetime
) -> VisitColumns:
    """An end that was not recorded is taken to be the start, where the database asks when a visit was completed."""
    over = _STAGE[VisitStatus(row.status)] == _LAST_STAGE or site.day_of(row.starts_at) < site.day_of(now)
    return VisitColumns(
        patient_id=patient_id,
        location_id=site.id,
        staff_id=staff_id,
        service_id=service_id,
        status=str(row.status),
        source=VisitSource.IMPORT.value,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        day=site.day_of(row.starts_at),
        booked_at=row.booked_at,
        arrived_at=row.arrived_at,
        completed_at=(row.ends_at or row.starts_at) if row.status == "completed" else None,
        cancelled_at=min(row.starts_at, now) if row.status == "cancelled" else None,
        is_history=over,
        reason=row.reason,
    )


def renewed(known: VisitColumns, said: VisitColumns, *, has_location: bool) -> VisitColumns:
    """`known` with what the source says now.

    What the team did stays: a visit they closed, a service they corrected. A visit in history is the source's own.
    has_location: the source names the location; otherwise the visit stays where the practice put it.
    """
    moves = known.is_history or _STAGE[VisitStatus(known.status)] < _LAST_STAGE
    advances = moves and (known.is_history or _STAGE[VisitStatus(said.status)] > _STAGE[VisitStatus(known.status)])
    stage = said if advances else known
    time = said if moves else known
    return VisitColumns(
        patient_id=said.patient_id,
        location_id=said.location_id if has_location else known.location_id,
        staff_id=said.staff_id or known.staff_id,
        service_id=known.service_id or said.service_id,
        status=stage.status,
        source=known.source,
        starts_at=time.starts_at,
        ends_at=time.ends_at or (known.ends_at if time.starts_at == known.starts_at else None),
        day=time.day,
        booked_at=said.booked_at or known.booked_at,
        arrived_at=known.arrived_at or said.arrived_at,
        completed_at=stage.completed_at,
        # When it was cancelled is not in the export: the first guess stays.
        cancelled_at=(known.cancelled_at or said.cancelled_at) if stage.status == VisitStatus.CANCELLED else None,
        is_history=known.is_history or (advances and said.is_history),
        reason=said.reason or known.reason,
    )


def values_of(columns: VisitColumns) -> tuple[object, ...]:
    return tuple(getattr(columns, name) for name in COLUMNS)
