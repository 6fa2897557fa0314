"""When lines without an item are looked up again: after a catalog changed, and every night for what came meanwhile."""

from uuid import UUID

from django.utils import timezone

from billing.purchasing.models import Vendor
from billing.purchasing.purchases.find_again import find_again
from core.jobs import enqueue, network_job


@network_job("purchasing.find_again")
def find_lines_again(vendor_id: str) -> int:
    """Returns how many lines were found."""
    return find_again(vendor_id=UUID(vendor_id), now=timezone.now())


@network_job("purchasing.find_all_again")
def find_all_again() -> int:
    """A file that was being read while the catalog changed was matched by the old one. Returns how many were found."""
    return sum(find_again(vendor_id=one, now=timezone.now()) for one in Vendor.objects.values_list("pk", flat=True))


def look_again(vendor_id: UUID) -> None:
    """That vendor's catalog learned something."""
    enqueue(find_lines_again, swept=True, vendor_id=str(vendor_id))
