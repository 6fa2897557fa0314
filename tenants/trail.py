"""What is done to the people of a place, written into the trail of that place."""

from core import audit
from core.audit.record import Detail
from tenants.models import Invitation, Person, Practice
from tenants.sign_in_trail import trail_of


def record_at(practice: Practice | None, verb: str, *, subject: Person | Invitation, detail: Detail) -> None:
    """Into the practice's own trail, or into the network's (None), in the current transaction."""
    # Whom it concerns is a column of the network's trail only.
    person_id = subject.id if isinstance(subject, Person) else None
    with trail_of(practice.ref if practice else None):
        audit.record(verb, subject=subject, person_id=person_id, detail=detail)
