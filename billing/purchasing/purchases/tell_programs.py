"""A member's lines changed although the member did nothing: the programs that follow them are told all the same."""

from uuid import UUID

from billing.purchasing.models import Vendor
from core.outbox.publish import publish
from core.tenancy.scope import practice_scope
from tenants.refs import active_practice


def tell_found(*, practice_id: UUID, vendor_id: UUID) -> None:
    """Lines have an item, or units, since the vendor's catalog learned something. In the change's transaction, in the
    control plane; whoever is no active member is not told."""
    if practice := active_practice(practice_id):
        with practice_scope(practice):
            publish("purchases.found", record=Vendor(pk=vendor_id))


def tell_opened(*, practice_id: UUID, vendor_id: UUID) -> None:
    """As `tell_found`, of lines that lost their item because the network took a name back."""
    if practice := active_practice(practice_id):
        with practice_scope(practice):
            publish("purchases.opened", record=Vendor(pk=vendor_id))
