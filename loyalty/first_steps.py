"""How far a practice has come since it was opened, from its own records."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

_ANY_OF_EACH = """
SELECT
    (SELECT id FROM loyalty_location WHERE address = '' AND is_active ORDER BY created_at LIMIT 1),
    EXISTS (SELECT FROM loyalty_staff WHERE role = 'provider' AND is_active),
    EXISTS (SELECT FROM loyalty_patient),
    EXISTS (SELECT FROM loyalty_visit WHERE status = 'completed'),
    EXISTS (SELECT FROM loyalty_touchpoint WHERE kind = 'note' AND state = 'done')
"""


@dataclass(frozen=True, slots=True)
class FirstSteps:
    """place: the first location without a postal address, None where every one has it."""

    place: UUID | None = None
    has_address: bool = False
    has_provider: bool = False
    has_patient: bool = False
    has_completed_visit: bool = False
    has_note: bool = False


def first_steps() -> FirstSteps:
    """One query, inside the practice's scope: whether there is any of each, never how many."""
    with connection.cursor() as cursor:
        cursor.execute(_ANY_OF_EACH)
        place, *facts = cursor.fetchone()
    return FirstSteps(place, place is None, *facts)
