"""A partner's program gets a new secret; the one before still counts for a day, so that nothing stops meanwhile."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit
from tenants.models import PartnerToken
from tenants.partners.registered import locked_partner
from tenants.partners.secrets import digest_of_secret, new_secret

OLD_COUNTS_FOR = timedelta(days=1)


def renew_partner_secret(*, application_id: UUID, stolen: bool, now: datetime) -> str:
    """The new secret, shown once. stolen: the one before ends at once, and so does every token. Raises NotFound.

    Renewed again within the day, the secret from before both goes on counting: the one between may have been lost on
    its way, and the program still runs with the old one.
    """
    secret = new_secret()
    with transaction.atomic():
        application = locked_partner(application_id)
        if stolen:
            application.old_secret_digest, application.old_secret_until = "", None
        elif application.old_secret_until is None or application.old_secret_until <= now:
            application.old_secret_digest = application.secret_digest
            application.old_secret_until = now + OLD_COUNTS_FOR
        application.secret_digest, application.secret_changed_at = digest_of_secret(secret), now
        application.save()
        if stolen:
            PartnerToken.objects.filter(grant__application=application).delete()
        audit.record("partner.secret_renewed", subject=application, detail={"stolen": stolen})
    return secret
