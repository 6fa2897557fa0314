"""The network asks for a claim to be mailed to its vendor: written down once, and sent by a job."""

from uuid import UUID

from billing.purchasing.claims.jobs import mail_waiting
from billing.purchasing.claims.listed import one_claim
from billing.purchasing.models import Claim, ClaimDelivery, DeliveryState, Way
from billing.purchasing.sentences import refusals
from core import audit
from core.errors import Conflict, DomainError
from core.jobs import enqueue
from tenants.models import Person


def mail_claim(*, claim_id: UUID, to_seen: str, by_person_id: UUID, by_name: str) -> ClaimDelivery:
    """to_seen: the address that the page showed. The vendor's answer goes to whoever asked.

    Raises NotFound; DomainError for a vendor without an address; Conflict for another address than was seen, and for
    one that this claim was mailed to already.
    """
    claim = one_claim(claim_id)
    to = checked_address(claim, to_seen)
    twice = Conflict(
        "claim_mailed",
        f"This claim was mailed to {to} already, or is on its way. If it did not arrive, send the file"
        " another way and note it.",
    )
    with refusals({"claim_mailed_once": twice}):
        delivery = ClaimDelivery.objects.create(
            claim=claim,
            way=Way.MAIL,
            to=to,
            state=DeliveryState.WAITING,
            by=by_name,
            reply_to=Person.objects.values_list("email", flat=True).get(pk=by_person_id),
        )
        audit.record("claim.mail_asked", subject=claim, detail={"delivery": delivery.pk})
        enqueue(mail_waiting, swept=True)
    return delivery


def checked_address(claim: Claim, to_seen: str) -> str:
    """Where claims of the vendor go. Raises DomainError where there is none, Conflict where it is not what was seen."""
    vendor = claim.contract.vendor
    if not vendor.email:
        raise DomainError(
            "vendor_without_address",
            f"{vendor.name} has no address for claims. Add it to the vendor, or send the file another way and note it.",
        )
    if vendor.email != to_seen:
        message = f"Claims of {vendor.name} go to {vendor.email} now. Look at the address, then mail it."
        raise Conflict("vendor_address_changed", message)
    return vendor.email
