"""The network claims: from then on the lines that it stands on stay as they are."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from billing.ledger.book import On, book
from billing.ledger.models import AccountKind, EntryKind
from billing.purchasing.claims.prepare import Part, Prepared, prepare
from billing.purchasing.models import Claim, ClaimedPurchase, ClaimLine, Contract
from billing.purchasing.rebates.explain import shares_of
from core import audit
from core.copying import insert_rows
from core.errors import Conflict, DomainError
from core.ids import uuid7
from core.money import Money

DUE_AFTER = timedelta(days=60)
_LATEST = timedelta(days=366)


def send_claim(
    *, contract_id: UUID, last: date, total_seen: int, due_on: date | None = None, by_name: str, now: datetime
) -> Claim:
    """total_seen: minor units, as the page showed it: what changed since is looked at again before it goes out.

    due_on: None for 60 days after the period. Raises DomainError (nothing to claim, day); Conflict for another total.
    """
    due = due_on or last + DUE_AFTER
    if not last < due <= last + _LATEST:
        raise DomainError("claim_due", "Payment is due after the period, within a year of its end.", field="due_on")
    with transaction.atomic():
        contract = Contract.objects.select_for_update().select_related("vendor").get(pk=contract_id)
        prepared = prepare(contract=contract, last=last, now=now)
        if not prepared.parts:
            raise DomainError("claim_empty", "Nothing was earned in that period that is not claimed already.")
        if prepared.total.minor != total_seen:
            raise Conflict(
                "claim_changed",
                f"What members earned changed while you looked: it is {prepared.total} now, not"
                f" {Money(total_seen, contract.currency)}. Look at it again, then send it.",
            )
        claim = Claim.objects.create(
            contract=contract,
            last=last,
            number=prepared.number,
            minor=prepared.total.minor,
            currency=contract.currency,
            due_on=due,
            sent_at=now,
            sent_by=by_name,
        )
        _keep_lines(claim, prepared, now)
        book(
            EntryKind.CLAIM,
            claim.pk,
            [
                On(AccountKind.VENDOR_OWES, prepared.total.minor, vendor_id=contract.vendor_id),
                *(On(AccountKind.MEMBER_CLAIMED, -cents, member_id=one) for one, cents in _by_member(prepared).items()),
            ],
            currency=contract.currency,
            day=now.date(),
        )
        audit.record("claim.sent", subject=claim, detail={"contract": contract.pk, "minor": claim.minor})
    return claim


def _by_member(prepared: Prepared) -> dict[UUID, int]:
    found: dict[UUID, int] = {}
    for part in prepared.parts:
        found[part.accrual.practice_id] = found.get(part.accrual.practice_id, 0) + part.cents
    return found


def _keep_lines(claim: Claim, prepared: Prepared, now: datetime) -> None:
    lines = [
        ClaimLine(
            claim=claim,
            practice_id=part.accrual.practice_id,
            program_id=part.accrual.program_id,
            version_id=part.accrual.version_id,
            first=part.accrual.first,
            last=part.accrual.last,
            base_minor=part.accrual.base_minor,
            base_units=part.accrual.base_units,
            tier=part.accrual.tier,
            cents=part.cents,
        )
        for part in prepared.parts
    ]
    ClaimLine.objects.bulk_create(lines)
    rows: list[tuple[Any, ...]] = []
    for line, part in zip(lines, prepared.parts, strict=True):
        rows += [(uuid7(), line.pk, purchase_id, cents) for purchase_id, cents in _of_each(part).items()]
    insert_rows(ClaimedPurchase, ("id", "of_id", "purchase_id", "cents"), rows, now=now)


def _of_each(part: Part) -> dict[UUID, int]:
    """What each line of an invoice stands for in this claim: its share of all that was earned, less what earlier
    claims had of it. Lines that count stand in it with nothing, too: they carry the tier, so they stay."""
    now = shares_of(part.accrual)
    before = (
        ClaimedPurchase.objects.filter(
            of__practice=part.accrual.practice_id, of__program=part.accrual.program_id, of__first=part.accrual.first
        )
        .values_list("purchase_id")
        .annotate(sum=Sum("cents"))
    )
    earlier = {purchase_id: int(sum) for purchase_id, sum in before}
    return {one: now.get(one, 0) - earlier.get(one, 0) for one in {**now, **earlier}}
