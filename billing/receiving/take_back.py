"""A whole file is taken back: its lines go, unless a rebate was claimed for one of them."""

from datetime import date, datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from billing.purchasing.models import ClaimedPurchase, PurchaseLine
from billing.purchasing.rebates.jobs import accrue_again
from billing.receiving.find import locked
from billing.receiving.models import FileState, PurchaseFile
from core.changed import changed
from core.errors import Conflict
from core.tenancy.scope import current_practice


def take_back(*, file_id: UUID, now: datetime) -> PurchaseFile:
    """Raises NotFound; Conflict while it is being read, where it was taken back, or where a rebate was claimed."""
    with transaction.atomic():
        of = locked(file_id)
        if of.state in (FileState.WAITING, FileState.RUNNING):
            raise Conflict("file_running", "This file is being read just now. Wait until it is done.")
        if of.state == FileState.UNDONE:
            raise Conflict("file_undone", "This file was taken back already.")
        lines = PurchaseLine.objects.filter(file_id=of.id)
        if ClaimedPurchase.objects.filter(purchase__in=lines).exists():
            raise _claimed()
        earliest = lines.order_by("day").values_list("day", flat=True).first()
        try:
            with transaction.atomic():
                lines.delete()
        except IntegrityError:
            # Claimed between the look and the step.
            raise _claimed() from None
        of.state, of.finished_at = FileState.UNDONE, now
        of.save(update_fields=["state", "finished_at", "updated_at"])
        changed("purchases.taken_back", of, detail={"lines": of.added})
        again(of.vendor_id, earliest)
    return of


def again(vendor_id: UUID, earliest: date | None) -> None:
    """What the practice earned of that vendor is worked out anew, from the period of that day on."""
    if earliest is not None:
        accrue_again(member_id=current_practice().id, vendor_id=vendor_id, since=earliest)


def _claimed() -> Conflict:
    return Conflict(
        "purchases_claimed",
        "The network has claimed rebates for lines of this file, so they stay. Bring a return as a line of its own,"
        " with a minus.",
    )
