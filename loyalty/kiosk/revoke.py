"""A tablet is lost, sold or replaced: from this moment it opens nothing."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.changed import changed
from loyalty.kiosk.enroll import locked_kiosk
from loyalty.models import Kiosk, KioskOpening, OpeningState


def revoke(*, kiosk_id: UUID, now: datetime) -> Kiosk:
    """What waits for it is called off; what it has not sent yet is refused. Raises NotFound, Conflict where it was."""
    with transaction.atomic():
        kiosk = locked_kiosk(kiosk_id)
        kiosk.revoked_at = now
        kiosk.token_digest = kiosk.code_digest = ""
        kiosk.save(update_fields=["revoked_at", "token_digest", "code_digest", "updated_at"])
        changed("kiosk.revoked", kiosk)
        for opening in KioskOpening.objects.filter(kiosk=kiosk, state=OpeningState.WAITING):
            opening.state, opening.code_digest, opening.settled_at = OpeningState.CANCELLED, "", now
            opening.save()
            changed("opening.cancelled", opening, patients=[opening.patient_id])
        return kiosk
