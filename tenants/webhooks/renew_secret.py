"""An address gets a new secret; for a day both sign, so that nothing is refused while the new one is put in."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core import audit, crypto
from tenants.webhooks.add import WithSecret
from tenants.webhooks.found import locked_endpoint
from tenants.webhooks.secrets import new_secret

BOTH_SIGN_FOR = timedelta(days=1)


def renew_secret(*, endpoint_id: UUID, grant_id: UUID | None = None, stolen: bool, now: datetime) -> WithSecret:
    """stolen: the one before ends at once. Raises NotFound.

    Renewed again within the day, the secret from before both goes on signing: the one between may have been lost on its
    way, and the receiver still checks with the old one.
    """
    secret = new_secret()
    with transaction.atomic():
        endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
        if stolen:
            endpoint.old_secret, endpoint.old_secret_until = "", None
        elif endpoint.old_secret_until is None or endpoint.old_secret_until <= now:
            endpoint.old_secret, endpoint.old_secret_until = endpoint.secret, now + BOTH_SIGN_FOR
        endpoint.secret, endpoint.secret_changed_at = crypto.encrypt(secret), now
        endpoint.save(update_fields=["secret", "secret_changed_at", "old_secret", "old_secret_until", "updated_at"])
        audit.record(
            "webhook.secret_renewed",
            subject=endpoint,
            detail={"application": endpoint.application_id, "stolen": stolen},
        )
    return WithSecret(endpoint, secret)
