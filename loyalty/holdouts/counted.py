"""What a hold-out has seen so far: by intention to treat, whoever was drawn counts where the lot put them."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from loyalty import lift
from loyalty.models import Holdout


@dataclass(frozen=True, slots=True)
class Arm:
    """joined: patients. reached: of them with such a contact made, whoever made it. known: of them whose time to come
    back is over. returned: of these came back.
    """

    joined: int
    reached: int
    known: int
    returned: int


@dataclass(frozen=True, slots=True)
class Seen:
    contacted: Arm
    held: Arm

    @property
    def can_tell(self) -> bool:
        return min(self.contacted.known, self.held.known) >= lift.FEWEST_IN_ARM

    def difference(self) -> lift.Difference:
        return lift.difference(**self.arms())

    def final_interval(self) -> tuple[float, float]:
        low, high = lift.final_interval(**self.arms())
        return float(low), float(high)

    def arms(self) -> dict[str, int]:
        return {
            "returned": self.contacted.returned,
            "contacted": self.contacted.known,
            "held_returned": self.held.returned,
            "held": self.held.known,
        }


def seen(holdout: Holdout, *, today: date) -> Seen:
    """One query. A record that was merged into another is no patient of its own; the survivor keeps the earliest lot.

    Came back: another completed visit after the day it counts from, at most outcome_days later. The day itself and the
    visit that they joined with do not count.
    """
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"id": holdout.id, "today": today, "days": holdout.outcome_days, "kind": holdout.kind})
        arms = {is_held: Arm(*counts) for is_held, *counts in cursor.fetchall()}
    nobody = Arm(0, 0, 0, 0)
    return Seen(contacted=arms.get(False, nobody), held=arms.get(True, nobody))


_SQL = """
SELECT lot.is_held, count(*), count(*) FILTER (WHERE reached), count(*) FILTER (WHERE known),
       count(*) FILTER (WHERE known AND returned)
FROM loyalty_holdoutpatient lot
JOIN loyalty_holdout h ON h.id = lot.holdout_id
JOIN loyalty_patient p ON p.id = lot.patient_id AND p.merged_into_id IS NULL
CROSS JOIN LATERAL (SELECT
    lot.day + %(days)s < %(today)s AS known,
    EXISTS (SELECT FROM loyalty_visit v WHERE v.patient_id = lot.patient_id AND v.status = 'completed'
            AND v.day > lot.day AND v.day <= lot.day + %(days)s AND v.id IS DISTINCT FROM lot.visit_id) AS returned,
    EXISTS (SELECT FROM loyalty_touchpoint t WHERE t.patient_id = lot.patient_id AND t.kind = %(kind)s
            AND t.state = 'done' AND t.created_at >= lot.created_at
            AND (%(kind)s <> 'check_in' OR t.visit_id IS NULL) AND t.day <= h.ends_on) AS reached
) found
WHERE lot.holdout_id = %(id)s
GROUP BY lot.is_held
"""
