"""An application is answered with a practice: its owner is invited."""

from datetime import datetime
from uuid import UUID

from core import audit
from core.errors import Conflict
from tenants.models import Application, Practice
from tenants.principal import Principal


def take_up(*, application_id: UUID, practice: Practice, by: Principal | None, now: datetime) -> None:
    """Part of opening a practice, in its transaction. Raises Conflict where somebody answered already."""
    taken = Application.objects.filter(id=application_id, status=Application.Status.NEW).update(
        status=Application.Status.INVITED,
        practice=practice,
        decided_at=now,
        decided_by=by.person_name if by else "Operator",
        updated_at=now,
    )
    if not taken:
        raise Conflict("application_answered", "Somebody has answered this application already. Look at it again.")
    application = Application.objects.get(id=application_id)
    audit.record("application.taken_up", subject=application, practice_id=practice.id)
