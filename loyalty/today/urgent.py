"""What cannot wait: recoveries that are overdue, calls that are due, people who asked and were not called.

COLUMNS stand in the statement that reads Today's figures, so that Today asks once; `read_urgent` asks for them alone.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from loyalty.patients.name import shown_name

SHOWN = 3

# Parameters: now, evening (the end of the local day), shown, feedback (whether answers may be seen by the asker).
COLUMNS = """
(SELECT json_build_array(count(*), coalesce(json_agg(json_build_array(id, patient_id, given_name, preferred_name,
        family_name, due_at) ORDER BY due_at, id) FILTER (WHERE place <= %(shown)s), '[]'))
    FROM (
        SELECT r.id, r.patient_id, p.given_name, p.preferred_name, p.family_name, r.due_at,
            row_number() OVER (ORDER BY r.due_at, r.id) AS place
        FROM loyalty_recovery r JOIN loyalty_patient p ON p.id = r.patient_id
        WHERE %(feedback)s AND r.closed_at IS NULL AND r.joined_to_id IS NULL AND r.due_at < %(now)s
    ) late),
(SELECT json_build_array(count(*), count(*) FILTER (WHERE t.due_at < %(now)s))
    FROM loyalty_touchpoint t JOIN loyalty_patient p ON p.id = t.patient_id
    WHERE t.state = 'planned' AND t.channel = 'call' AND t.kind <> 'recovery' AND t.due_at < %(evening)s
        AND NOT (p.deceased OR p.no_contact OR p.merged_into_id IS NOT NULL)),
(SELECT json_build_array(count(*), count(*) FILTER (WHERE i.due_at < %(now)s))
    FROM loyalty_inquiry i WHERE i.state IN ('open', 'called') AND i.due_at < %(evening)s),
(SELECT late_count FROM loyalty_driftfit ORDER BY day DESC LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class LateRecovery:
    id: UUID
    patient_id: UUID
    name: str
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Urgent:
    """recoveries: how many are overdue; first: the longest overdue. calls, inquiries: due today; late: overdue.

    drifting: who should have been back and is not, by last night's fit.
    """

    recoveries: int
    first: tuple[LateRecovery, ...]
    calls: int
    calls_late: int
    inquiries: int
    inquiries_late: int
    drifting: int

    @property
    def is_any(self) -> bool:
        return bool(self.recoveries or self.calls or self.inquiries or self.drifting)

    @property
    def others(self) -> int:
        """Overdue recoveries beyond the first."""
        return self.recoveries - len(self.first)


def read_urgent(*, now: datetime, evening: datetime, feedback: bool) -> Urgent:
    """In one query. evening: the end of the local day. feedback: whether the asker may see what patients answered.

    Nothing is written to the trail: the caller's page names its patients.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "".join(("SELECT ", COLUMNS)), {"now": now, "evening": evening, "feedback": feedback, "shown": SHOWN}
        )
        return urgent_of(*cursor.fetchone())


def urgent_of(recoveries: list[Any], calls: list[int], inquiries: list[int], drifting: int | None) -> Urgent:
    """From the four columns."""
    number, first = recoveries
    return Urgent(
        recoveries=number,
        first=tuple(
            LateRecovery(UUID(one[0]), UUID(one[1]), shown_name(*one[2:5]), datetime.fromisoformat(one[5]))
            for one in first
        ),
        calls=calls[0],
        calls_late=calls[1],
        inquiries=inquiries[0],
        inquiries_late=inquiries[1],
        drifting=drifting or 0,
    )
