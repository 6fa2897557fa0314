"""A visit held for change: whoever comes second waits, then sees what the first one did."""

from uuid import UUID

from core.errors import NotFound
from loyalty.models import Patient, Visit


def locked_visit(visit_id: UUID) -> Visit:
    """The visit and its patient, both locked until the transaction ends. Raises NotFound.

    The patient too: a recovery opened for another visit of theirs decides whether a note is held.
    """
    # Not one query with joins: PostgreSQL re-reads only the locked row after waiting, not what it is joined to.
    visit = Visit.objects.select_for_update(no_key=True).filter(id=visit_id).first()
    if visit is None:
        raise NotFound("visit_not_found", "This visit is not on file.")
    visit.patient = Patient.objects.select_for_update(no_key=True).get(id=visit.patient_id)
    return visit
