"""What stands on the accounts."""

from uuid import UUID

from django.db.models import Sum

from billing.ledger.models import AccountKind, Posting


def balance(kind: AccountKind, *, currency: str, member_id: UUID | None = None, vendor_id: UUID | None = None) -> int:
    """Minor units; positive is what the network has or is owed. Of one member or vendor, or of all."""
    found = Posting.objects.filter(account__kind=kind, currency=currency)
    if member_id:
        found = found.filter(account__practice=member_id)
    if vendor_id:
        found = found.filter(account__vendor_id=vendor_id)
    return int(found.aggregate(sum=Sum("minor"))["sum"] or 0)


def owed_to_members(*, currency: str) -> dict[UUID, int]:
    """By practice, what vendors paid for it and the network has not settled yet: positive, in minor units."""
    found = (
        Posting.objects.filter(account__kind=AccountKind.MEMBER_OWED, currency=currency)
        .values_list("account__practice")
        .annotate(sum=Sum("minor"))
    )
    return {member: -int(sum) for member, sum in found if sum}
