"""One visit, with its people and place."""

from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.models import Visit


def find_visit(visit_id: UUID) -> Visit:
    """Raises NotFound for none."""
    visit = Visit.objects.select_related("patient", "location", "staff", "service").filter(id=visit_id).first()
    if visit is None:
        raise NotFound("visit_not_found", "This visit is not on file.")
    audit.record("visit.read", subject=visit, patients=[visit.patient_id])
    return visit
