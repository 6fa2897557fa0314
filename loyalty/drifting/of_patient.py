"""What last night's fit says of one patient, as their page tells it."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from loyalty.drifting.spoken import reason_of
from loyalty.models import Drift


@dataclass(frozen=True, slots=True)
class DriftOfPatient:
    """stays: how likely they are still a patient, from 0 to 1; None for who came once, and without a fit.

    expected_on: the day of the next visit; None where nobody can say. late_from: they should have been back by then;
    is_late: it has come.
    has_gone: they have been away so long that the list does not name them any more.
    """

    reason: str
    expected_on: date | None
    late_from: date | None
    stays: float | None
    is_late: bool
    has_gone: bool


def drift_of(patient_id: UUID, *, last_visit: date | None, today: date) -> DriftOfPatient | None:
    """last_visit: day of the last completed one. None before the first night, and where they have been here since.

    One query; the caller audits the reading.
    """
    found = Drift.objects.filter(patient_id=patient_id, patient__deceased=False).first()
    if found is None or found.last_on != last_visit:
        return None
    return DriftOfPatient(
        reason=reason_of(found, today=today),
        expected_on=found.expected_on,
        late_from=found.late_from,
        stays=found.alive,
        is_late=found.late_from is not None and found.late_from <= today,
        has_gone=found.gone_from is not None and found.gone_from <= today,
    )
