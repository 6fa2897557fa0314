"""What is done to the people of a place, written into the trail of that place."""

from core import audit
from core.audit.record import Detail
from core.tenancy.scope import practice_scope
from tenants.models import Invitation, Person, Practice


def record_at(practice: Practice | None, verb: str, *, subject: Person | Invitation, detail: Detail) -> None:
    """Into the practice's own trail, or into the network's (None), in the current transaction."""
    if practice is None:
        person_id = subject.id if isinstance(subject, Person) else None
        audit.record(verb, subject=subject, person_id=person_id, detail=detail)
        return
    with practice_scope(practice.ref):
        audit.record(verb, subject=subject, detail=detail)
