"""The network asks for a vendor to be reminded of a claim that is overdue: once a week, sent by a job."""

from datetime import datetime, timedelta
from uuid import UUID

from billing.purchasing.claims.jobs import mail_waiting
from billing.purchasing.claims.listed import one_claim
from billing.purchasing.claims.mail_claim import checked_address
from billing.purchasing.claims.overdue import Step, overdue
from billing.purchasing.contracts.listed import locked_contract
from billing.purchasing.models import ClaimDelivery, DeliveryState, Way
from billing.purchasing.payments.open_claim import standing
from billing.purchasing.sentences import refusals
from core import audit
from core.errors import Conflict, DomainError
from core.jobs import enqueue
from tenants.models import Person


def remind(*, claim_id: UUID, to_seen: str, by_person_id: UUID, by_name: str, now: datetime) -> ClaimDelivery:
    """to_seen: the address that the page showed. The vendor's answer goes to whoever asked.

    Raises NotFound; DomainError for a claim that is not overdue, or that its vendor never got, and for a vendor without
    an address; Conflict for another address than was seen, and within a week of the last reminder.
    """
    twice = Conflict(
        "claim_reminded", "The vendor was reminded of this claim less than a week ago. Wait for its answer, or call."
    )
    with refusals({"claim_reminded_once_a_week": twice}):
        claim = one_claim(claim_id)
        # Two who press at once are one after the other; a claim itself is never written again, so it takes no lock.
        locked_contract(claim.contract_id)
        late = overdue([standing(claim)], now=now)
        if not late:
            raise DomainError("claim_not_overdue", "Nothing of this claim is overdue, so nobody is reminded.")
        if late[0].step == Step.SEND:
            raise DomainError("claim_not_sent", "The vendor does not have this claim yet. Mail it instead.")
        if late[0].step == Step.WAIT:
            raise twice
        today = now.date()
        delivery = ClaimDelivery.objects.create(
            claim=claim,
            way=Way.MAIL,
            to=checked_address(claim, to_seen),
            state=DeliveryState.WAITING,
            by=by_name,
            reply_to=Person.objects.values_list("email", flat=True).get(pk=by_person_id),
            reminds=today - timedelta(days=today.weekday()),
        )
        audit.record("claim.reminder_asked", subject=claim, detail={"delivery": delivery.pk})
        enqueue(mail_waiting, swept=True)
    return delivery
