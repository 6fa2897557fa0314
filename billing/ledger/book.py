"""Booking what happened: an entry and its postings, which come to zero."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from billing.ledger.models import Account, AccountKind, Entry, EntryKind, Posting


class Unbalanced(ValueError):
    """The postings do not come to zero. Nothing was written."""


@dataclass(frozen=True, slots=True)
class On:
    """So much onto an account; minor: positive is what the network gets or is owed. member_id, vendor_id: whose."""

    kind: AccountKind
    minor: int
    member_id: UUID | None = None
    vendor_id: UUID | None = None


def book(kind: EntryKind, source_id: UUID, postings: Iterable[On], *, currency: str, day: date) -> Entry:
    """source_id: the record that says what happened. In the caller's transaction. Postings of nothing are left out.

    Raises Unbalanced; IntegrityError (entry_once) where it was booked before.
    """
    some = [one for one in postings if one.minor]
    if sum(one.minor for one in some):
        raise Unbalanced(f"{kind} {source_id}: {sum(one.minor for one in some)} too much")
    entry = Entry.objects.create(kind=kind, source_id=source_id, day=day)
    accounts = _accounts(some, currency)
    Posting.objects.bulk_create(
        Posting(
            entry=entry, account_id=accounts[one.kind, one.member_id, one.vendor_id], minor=one.minor, currency=currency
        )
        for one in some
    )
    return entry


def _accounts(postings: list[On], currency: str) -> dict[tuple[str, UUID | None, UUID | None], UUID]:
    wanted = {(one.kind, one.member_id, one.vendor_id) for one in postings}
    Account.objects.bulk_create(
        (
            Account(kind=kind, practice_id=member, vendor_id=vendor, currency=currency)
            for kind, member, vendor in wanted
        ),
        ignore_conflicts=True,
    )
    found = Account.objects.filter(currency=currency, kind__in={kind for kind, _, _ in wanted})
    return {
        (kind, member, vendor): id
        for id, kind, member, vendor in found.values_list("id", "kind", "practice", "vendor_id")
    }
