"""The link of an email was used: everything by email stops at once."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.errors import NotFound
from loyalty.messages.owners import owners_of_hash
from loyalty.messages.suppress import stop
from loyalty.models import OptOutLink, Suppression, SuppressionReason


def opt_out(*, link_id: UUID, now: datetime) -> None:
    """Twice is as once. Raises NotFound for a link that this practice never made."""
    with transaction.atomic():
        link = link_of(link_id)
        stop(
            kind=link.kind,
            address_hash=link.address_hash,
            veiled=link.veiled,
            reason=SuppressionReason.UNSUBSCRIBED,
            source="Used the link in an email to stop",
            patients=owners_of_hash(link.kind, link.address_hash, hint=link.veiled, today=now.date()),
            now=now,
        )


def is_out(*, link_id: UUID) -> bool:
    """Whether all email to the address is stopped already. Raises NotFound."""
    link = link_of(link_id)
    return Suppression.objects.filter(kind=link.kind, address_hash=link.address_hash, lifted_at__isnull=True).exists()


def link_of(link_id: UUID) -> OptOutLink:
    link = OptOutLink.objects.filter(id=link_id).first()
    if link is None:
        raise NotFound("opt_out_link_unknown", "This link is not known here.")
    return link
