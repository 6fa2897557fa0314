"""One address or delivery, for whoever wants to change it."""

from uuid import UUID

from core.errors import NotFound
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint


def locked_endpoint(endpoint_id: UUID, *, grant_id: UUID | None) -> WebhookEndpoint:
    """The row, locked. grant_id: it must belong to this grant; None: to any of the practice. Raises NotFound."""
    rows = WebhookEndpoint.objects.select_for_update(no_key=True).filter(id=endpoint_id)
    row = (rows if grant_id is None else rows.filter(grant_id=grant_id)).first()
    if row is None:
        raise NotFound("endpoint_not_found", "There is no such address, or it was removed.")
    return row


def locked_delivery(delivery_id: UUID, *, grant_id: UUID | None) -> WebhookDelivery:
    """The row and its address, locked: the address first, as everywhere. Raises NotFound."""
    rows = WebhookDelivery.objects.filter(id=delivery_id)
    if grant_id is not None:
        rows = rows.filter(endpoint__grant_id=grant_id)
    endpoint_id = rows.values_list("endpoint_id", flat=True).first()
    if endpoint_id is None:
        raise NotFound("delivery_not_found", "There is no such delivery, or it was forgotten.")
    endpoint = locked_endpoint(endpoint_id, grant_id=grant_id)
    delivery = WebhookDelivery.objects.select_for_update().filter(id=delivery_id).first()
    if delivery is None:
        raise NotFound("delivery_not_found", "There is no such delivery, or it was forgotten.")
    delivery.endpoint = endpoint
    return delivery
