"""The rest of a claim will not be paid. Its members read why."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.ledger.book import On, book
from billing.ledger.models import AccountKind, EntryKind
from billing.purchasing.models import ClaimLine, WriteOff
from billing.purchasing.payments.open_claim import left_of_lines, standing
from billing.purchasing.payments.record_payment import locked_claim
from core import audit
from core.errors import Conflict, DomainError
from core.given_text import given_text


def write_off(*, claim_id: UUID, why: str, by_name: str, now: datetime) -> WriteOff:
    """Raises NotFound; DomainError without a reason; Conflict where nothing is open."""
    why = given_text(why, what="The reason", field="why", limit=200)
    if not why:
        raise DomainError("write_off_why", "Say why the vendor does not pay: members will read it.", field="why")
    with transaction.atomic():
        claim = locked_claim(claim_id)
        left = standing(claim).left
        if not left:
            raise Conflict("claim_settled", "Nothing is open of this claim any more.")
        off = WriteOff.objects.create(claim=claim, minor=left, why=why, day=now.date(), by=by_name)
        members: dict[UUID, int] = {}
        of = dict(ClaimLine.objects.filter(claim=claim).values_list("pk", "practice_id"))
        for id, cents in left_of_lines(claim).items():
            members[of[id]] = members.get(of[id], 0) + cents
        book(
            EntryKind.WRITE_OFF,
            off.pk,
            [
                On(AccountKind.VENDOR_OWES, -left, vendor_id=claim.contract.vendor_id),
                *(On(AccountKind.MEMBER_CLAIMED, cents, member_id=one) for one, cents in members.items()),
            ],
            currency=claim.currency,
            day=now.date(),
        )
        audit.record("claim.written_off", subject=off, detail={"claim": claim.pk, "minor": left})
    return off
