"""Whether a claim has reached its vendor, and when the vendor was reminded of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from billing.purchasing.models import Claim, ClaimDelivery, DeliveryState

_ON_ITS_WAY = (DeliveryState.WAITING, DeliveryState.SENDING)
_GOES_OR_WENT = (*_ON_ITS_WAY, DeliveryState.SENT)


@dataclass(frozen=True, slots=True)
class Deliveries:
    """tries: the newest first, reminders among them. may_mail: the vendor has an address that this claim was not mailed
    to."""

    tries: Sequence[ClaimDelivery]
    may_mail: bool

    @property
    def arrived(self) -> bool:
        return any(one.state == DeliveryState.SENT and one.reminds is None for one in self.tries)

    @property
    def on_its_way(self) -> bool:
        return any(one.state in _ON_ITS_WAY for one in self.tries)


def deliveries_of(claim: Claim) -> Deliveries:
    """claim: with its vendor."""
    tries = list(claim.deliveries.order_by("-created_at"))
    to = claim.contract.vendor.email
    mailed = any(
        one.way == "mail" and one.reminds is None and one.to == to and one.state in _GOES_OR_WENT for one in tries
    )
    return Deliveries(tries, bool(to) and not mailed)


def reached(claims: Iterable[Claim]) -> set[UUID]:
    """Which of them went out, or are about to."""
    going = ClaimDelivery.objects.filter(claim__in=list(claims), state__in=_GOES_OR_WENT, reminds__isnull=True)
    return set(going.values_list("claim_id", flat=True))


def reminded(claims: Iterable[Claim]) -> dict[UUID, datetime]:
    """When somebody last asked to remind the vendor, by claim: of reminders that went out, or are about to."""
    going = ClaimDelivery.objects.filter(claim__in=list(claims), state__in=_GOES_OR_WENT, reminds__isnull=False)
    return dict(going.values_list("claim").annotate(last=Max("created_at")))
