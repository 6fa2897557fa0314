"""Claims that were not paid by their day, and what to do next about each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from billing.purchasing.claims.deliveries import reached, reminded
from billing.purchasing.models import Claim
from billing.purchasing.payments.open_claim import Standing

AGAIN_AFTER = timedelta(days=7)


class Step(StrEnum):
    """SEND: the vendor does not have it. ADDRESS: it has no address to be reminded at. REMIND: it can be. WAIT: it was,
    less than a week ago."""

    SEND = "send"
    ADDRESS = "address"
    REMIND = "remind"
    WAIT = "wait"


@dataclass(frozen=True, slots=True)
class Overdue:
    """days: since payment was due. reminded_at: when that was last asked for."""

    standing: Standing
    days: int
    step: Step
    reminded_at: datetime | None

    @property
    def claim(self) -> Claim:
        return self.standing.claim


def overdue(open_claims: Sequence[Standing], *, now: datetime) -> list[Overdue]:
    """Of claims that are not settled, with their contracts and vendors: those that a vendor still owes after the day.
    The longest overdue first. What a claim takes back, no vendor owes."""
    late = [one for one in open_claims if is_overdue(one, now=now)]
    claims = [one.claim for one in late]
    there, last = reached(claims), reminded(claims)
    found = [
        Overdue(
            standing=one,
            days=(now.date() - one.claim.due_on).days,
            step=_step(one.claim, one.claim.pk in there, last.get(one.claim.pk), now),
            reminded_at=last.get(one.claim.pk),
        )
        for one in late
    ]
    return sorted(found, key=lambda one: (-one.days, str(one.claim.pk)))


def is_overdue(one: Standing, *, now: datetime) -> bool:
    return one.left > 0 and one.claim.due_on < now.date()


def _step(claim: Claim, is_there: bool, last: datetime | None, now: datetime) -> Step:
    if not is_there:
        return Step.SEND
    if last is not None and now - last < AGAIN_AFTER:
        return Step.WAIT
    return Step.REMIND if claim.contract.vendor.email else Step.ADDRESS
