"""Accounts, journal entries and postings. Amounts are whole minor units with their currency."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from core.money import DIGITS
from tenants.models import Practice


class AccountKind(models.TextChoices):
    """A positive balance is what the network has or is owed, a negative one what it owes."""

    BANK = "bank", "Bank"
    VENDOR_OWES = "vendor_owes", "Claimed from a vendor"
    MEMBER_CLAIMED = "member_claimed", "Claimed for a member, not paid yet"
    MEMBER_OWED = "member_owed", "Paid for a member, owed to it"
    SUBSCRIPTIONS = "subscriptions", "Subscriptions taken from rebates"


class Account(Row):
    """One account of the books. party_id: the vendor it is about; practice: the member."""

    kind = models.CharField(max_length=16, choices=AccountKind)
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    vendor_id = models.UUIDField(null=True, blank=True)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "practice", "vendor_id", "currency"], name="account_once", nulls_distinct=False
            ),
            one_of("kind", AccountKind, table="account"),
            models.CheckConstraint(name="account_currency_known", condition=Q(currency__in=sorted(DIGITS))),
            models.CheckConstraint(
                name="account_of_whom",
                condition=Q(kind="vendor_owes", vendor_id__isnull=False, practice__isnull=True)
                | Q(kind__in=["member_claimed", "member_owed"], practice__isnull=False, vendor_id__isnull=True)
                | Q(kind__in=["bank", "subscriptions"], practice__isnull=True, vendor_id__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.kind


class EntryKind(models.TextChoices):
    CLAIM = "claim", "Claim sent"
    PAYMENT = "payment", "Payment of a vendor"
    WRITE_OFF = "write_off", "Not paid any more"
    STATEMENT = "statement", "Statement approved"


class Entry(Row):
    """One thing that happened. source_id: the record that says what; each is booked once."""

    kind = models.CharField(max_length=12, choices=EntryKind)
    source_id = models.UUIDField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "source_id"], name="entry_once"),
            one_of("kind", EntryKind, table="entry"),
        ]
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.kind} {self.day}"


class Posting(Row):
    """So much onto one account. The postings of an entry come to zero in each currency: the database sees to it when
    the transaction ends."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="postings")
    account = models.ForeignKey(Account, on_delete=models.PROTECT, related_name="postings")
    minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.CheckConstraint(name="posting_of_something", condition=~Q(minor=0))]
        indexes = [models.Index(fields=["account"], name="posting_of_an_account")]

    def __str__(self) -> str:
        return f"{self.minor} {self.currency}"
