"""When earnings are worked out: after a member's lines or what a vendor pays changed, and every night all the same."""

from datetime import date
from uuid import UUID

from django.utils import timezone

from billing.purchasing.rebates.accrue import accrue_since
from core.jobs import enqueue, network_job

# How far back the night looks: invoices come late, but not later than that without a file of their own.
_NIGHTS_YEARS = 1


@network_job("purchasing.accrue_member")
def accrue_member(member_id: str, vendor_id: str, since: str) -> int:
    """Returns how many accruals were written."""
    return accrue_since(
        date.fromisoformat(since), vendor_id=UUID(vendor_id), member_id=UUID(member_id), now=timezone.now()
    )


@network_job("purchasing.accrue_vendor")
def accrue_vendor(vendor_id: str, since: str) -> int:
    """Returns how many accruals were written."""
    return accrue_since(date.fromisoformat(since), vendor_id=UUID(vendor_id), now=timezone.now())


@network_job("purchasing.accrue_all")
def accrue_all() -> int:
    """Returns how many accruals were written."""
    now = timezone.now()
    return accrue_since(date(now.year - _NIGHTS_YEARS, 1, 1), now=now)


def accrue_again(*, member_id: UUID, vendor_id: UUID, since: date) -> None:
    """A member's lines of that vendor changed, from that day on."""
    enqueue(accrue_member, swept=True, member_id=str(member_id), vendor_id=str(vendor_id), since=since.isoformat())


def accrue_all_again(*, vendor_id: UUID, since: date) -> None:
    """What the vendor pays its buyers is another from that day on."""
    enqueue(accrue_vendor, swept=True, vendor_id=str(vendor_id), since=since.isoformat())
