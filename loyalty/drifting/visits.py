"""The visit-days of every patient: what the model is fitted on."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import connection

# Completed visits; those of one day count once, those of merged records belong to the one that is left. A day is the
# visit's own, at its location. The service is that of the last visit.
_SQL = """
SELECT p.id, array_agg(DISTINCT v.day ORDER BY v.day),
    (array_agg(s.return_days ORDER BY v.day DESC, v.starts_at DESC, v.id DESC))[1]
FROM loyalty_visit v
JOIN loyalty_patient q ON q.id = v.patient_id
JOIN loyalty_patient p ON p.id = coalesce(q.merged_into_id, q.id)
LEFT JOIN loyalty_service s ON s.id = v.service_id
WHERE v.status = 'completed' AND v.day <= %s AND NOT p.deceased
GROUP BY p.id ORDER BY p.id
"""


@dataclass(frozen=True, slots=True)
class PatientVisits:
    """days: ascending, each once, at least one. return_days: usual until the next visit by the last one's service."""

    patient_id: UUID
    days: tuple[date, ...]
    return_days: int | None


def patient_visits(*, until: date) -> list[PatientVisits]:
    """Of everybody living who came up to `until`, imported history included. One query; nobody is shown by it."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, [until])
        return [PatientVisits(patient_id, tuple(days), usual) for patient_id, days, usual in cursor.fetchall()]
