"""Somebody sent a claim to its vendor without our mail, and says so: what day, which way, to whom."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from billing.purchasing.claims.listed import one_claim
from billing.purchasing.models import ClaimDelivery, DeliveryState, Way
from billing.purchasing.words import needed
from core import audit
from core.errors import DomainError

_MOST = 120


def note_delivery(*, claim_id: UUID, way: str, to: str, day: date, by_name: str, now: datetime) -> ClaimDelivery:
    """to: who received it, or where, such as "Vendor portal, ticket 4711".

    Raises NotFound; DomainError for a field, with what to write.
    """
    claim = one_claim(claim_id)
    if way not in Way.values:
        raise DomainError("delivery_way", "Choose how it was sent.", field="way")
    to = needed(to, what="Who received it", field="to", most=_MOST)
    if day > now.date():
        raise DomainError("delivery_day", "That day has not come yet.", field="day")
    if day < claim.sent_at.date():
        message = f"The claim was made on {claim.sent_at:%B %-d, %Y}. It cannot have been sent before."
        raise DomainError("delivery_day", message, field="day")
    with transaction.atomic():
        delivery = ClaimDelivery.objects.create(
            claim=claim, way=way, to=to, state=DeliveryState.SENT, by=by_name, day=day
        )
        audit.record("claim.delivery_noted", subject=claim, detail={"delivery": delivery.pk, "way": way})
    return delivery
