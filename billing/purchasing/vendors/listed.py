"""The vendors of the network."""

from uuid import UUID

from django.db.models import Count, Q, QuerySet

from billing.purchasing.models import Vendor
from core.errors import NotFound


def all_vendors() -> QuerySet[Vendor]:
    """By name, each with how many `items_count` it sells and `signed_count` contracts are signed with it.

    Without what was made up for sandboxes.
    """
    return (
        Vendor.objects.filter(made_up=False)
        .annotate(
            items_count=Count("items", distinct=True),
            signed_count=Count("contracts", filter=Q(contracts__signed_on__isnull=False), distinct=True),
        )
        .order_by("name")
    )


def one_vendor(vendor_id: UUID) -> Vendor:
    """Raises NotFound."""
    vendor = Vendor.objects.filter(pk=vendor_id).first()
    if vendor is None:
        raise NotFound("vendor_missing", "There is no such vendor.")
    return vendor
