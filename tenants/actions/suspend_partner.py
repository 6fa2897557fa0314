"""The network stops a partner's program at every practice at once, and lets it go on again."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict
from tenants.models import PartnerApplication, PartnerToken
from tenants.partners.registered import locked_partner


def suspend_partner(*, application_id: UUID, now: datetime) -> PartnerApplication:
    """Its tokens end; what practices granted stays written. Raises NotFound, Conflict partner_suspended."""
    with transaction.atomic():
        application = locked_partner(application_id)
        if application.suspended_at is not None:
            raise Conflict("partner_suspended", "It is suspended already.")
        application.suspended_at = now
        application.save(update_fields=["suspended_at", "updated_at"])
        PartnerToken.objects.filter(grant__application=application).delete()
        audit.record("partner.suspended", subject=application)
    return application


def resume_partner(*, application_id: UUID) -> PartnerApplication:
    """It may ask for tokens again, where practices still grant it something. Raises NotFound, Conflict."""
    with transaction.atomic():
        application = locked_partner(application_id)
        if application.suspended_at is None:
            raise Conflict("partner_active", "It is not suspended.")
        application.suspended_at = None
        application.save(update_fields=["suspended_at", "updated_at"])
        audit.record("partner.resumed", subject=application)
    return application
