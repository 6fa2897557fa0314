"""Where a program is told, and of what."""

from collections.abc import Iterable
from uuid import UUID

from django.db import IntegrityError, transaction

from core import audit
from tenants.webhooks.add import check_not_suspended, same_address
from tenants.webhooks.event_types import checked
from tenants.webhooks.found import locked_endpoint
from tenants.webhooks.granted import must_be_granted
from tenants.webhooks.models import WebhookEndpoint
from tenants.webhooks.target import target_of


def change_endpoint(
    *, endpoint_id: UUID, grant_id: UUID | None = None, url: str | None = None, kinds: Iterable[str] | None = None
) -> WebhookEndpoint:
    """None: as it is. What waits goes to the new address.

    Raises NotFound, Conflict partner_suspended, endpoint_exists; DomainError.
    """
    try:
        with transaction.atomic():
            endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
            of = must_be_granted(endpoint.grant_id)
            check_not_suspended(of)
            before, elsewhere = endpoint.kinds, False
            if kinds is not None:
                endpoint.kinds = checked(kinds, scopes=of.scopes)
            if url is not None and url.strip() != endpoint.url:
                target_of(url.strip())
                endpoint.url, elsewhere = url.strip(), True
            endpoint.save(update_fields=["url", "kinds", "updated_at"])
            audit.record(
                "webhook.changed",
                subject=endpoint,
                detail={
                    "application": endpoint.application_id,
                    "from": before,
                    "to": endpoint.kinds,
                    "elsewhere": elsewhere,
                },
            )
    except IntegrityError as error:
        raise same_address(error) from error
    return endpoint


def remove_endpoint(*, endpoint_id: UUID, grant_id: UUID | None = None) -> None:
    """With everything that was told there, or waits to be. Raises NotFound."""
    with transaction.atomic():
        endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
        audit.record("webhook.removed", subject=endpoint, detail={"application": endpoint.application_id})
        endpoint.delete()
