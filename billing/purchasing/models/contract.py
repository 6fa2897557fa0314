from decimal import Decimal

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from billing.purchasing.models.catalog import CURRENCIES, Item, Vendor
from core.constraints import one_of
from core.models import Followed, Row
from tenants.models import Practice

LARGEST_FEE = Decimal("0.03")


class Fee(models.TextChoices):
    """What the network receives from the vendor on members' purchases. The law wants it stated to every member: at
    most 3 percent of the price, or else the amount (42 CFR 1001.952(j))."""

    NONE = "none", "Nothing"
    PERCENT = "percent", "A percentage of what members buy"
    AMOUNT = "amount", "A fixed amount a year"


class Contract(Row):
    """What a vendor agreed with the network for its members. In force once it is signed, between its two days.

    fee_rate: of the price, 0.03 at most. fee_minor: a year, in minor units.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="contracts")
    number = models.CharField(max_length=60)
    name = models.CharField(max_length=160)
    currency = models.CharField(max_length=3, choices=CURRENCIES, default="USD")
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    fee = models.CharField(max_length=8, choices=Fee)
    fee_rate = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True)
    fee_minor = models.PositiveBigIntegerField(null=True, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    signed_by = models.CharField(max_length=120, blank=True, help_text="For the network.")
    signed_for_vendor_by = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-begins_on"]
        constraints = [
            models.UniqueConstraint(fields=["vendor", "number"], name="contract_number_once"),
            one_of("fee", Fee, table="contract"),
            models.CheckConstraint(
                name="contract_fee_stated",
                condition=Q(fee="none", fee_rate__isnull=True, fee_minor__isnull=True)
                # A comparison with null is no "no" to the database: that it is given has to be said.
                | Q(
                    fee="percent",
                    fee_rate__isnull=False,
                    fee_rate__gt=0,
                    fee_rate__lte=LARGEST_FEE,
                    fee_minor__isnull=True,
                )
                | Q(fee="amount", fee_minor__isnull=False, fee_minor__gt=0, fee_rate__isnull=True),
            ),
            models.CheckConstraint(
                name="contract_signed_by_both",
                condition=Q(signed_on__isnull=True, signed_by="", signed_for_vendor_by="")
                | Q(signed_on__isnull=False) & ~Q(signed_by="") & ~Q(signed_for_vendor_by=""),
            ),
            models.CheckConstraint(
                name="contract_days_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on"))
            ),
            models.CheckConstraint(name="contract_named", condition=~Q(number="") & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class OfferKind(models.TextChoices):
    FIXED = "fixed", "A fixed price"
    PERCENT = "percent", "A percentage off the catalog price"
    VOLUME = "volume", "A price by how many are bought at once"


class DateRange(Func):
    """Both ends included; without an end as long as the contract."""

    function = "DATERANGE"
    output_field = DateRangeField()


class Offer(Followed, Row):
    """A price for members, on one item. No two on the same item and day, so that everybody knows which price holds."""

    contract = models.ForeignKey(Contract, on_delete=models.CASCADE, related_name="offers")
    item = models.ForeignKey(Item, on_delete=models.PROTECT, related_name="offers")
    kind = models.CharField(max_length=8, choices=OfferKind)
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["item__name", "-begins_on"]
        constraints = [
            one_of("kind", OfferKind, table="offer"),
            models.CheckConstraint(
                name="offer_days_in_order", condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on"))
            ),
            models.UniqueConstraint(fields=["contract", "item", "begins_on"], name="offer_once"),
            ExclusionConstraint(
                name="offer_days_apart",
                expressions=[
                    ("item", RangeOperators.EQUAL),
                    (DateRange("begins_on", "ends_on", RangeBoundary(inclusive_upper=True)), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        indexes = [models.Index(fields=["written_in", "id"], name="offer_by_write")]

    def __str__(self) -> str:
        return f"{self.kind} {self.begins_on}"


class OfferPrice(Row):
    """What one unit costs from a quantity on, in one line of an invoice: an amount, or so much off the catalog."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="prices")
    from_quantity = models.PositiveIntegerField(default=1)
    minor = models.PositiveBigIntegerField(null=True, blank=True)
    off = models.DecimalField(max_digits=7, decimal_places=6, null=True, blank=True, help_text="0.15 is 15 percent.")

    class Meta:
        ordering = ["from_quantity"]
        constraints = [
            models.UniqueConstraint(fields=["offer", "from_quantity"], name="offer_price_once"),
            models.CheckConstraint(
                name="offer_price_one_way",
                condition=Q(minor__isnull=False, minor__gte=1, off__isnull=True)
                | Q(minor__isnull=True, off__isnull=False, off__gt=0, off__lt=1),
            ),
            models.CheckConstraint(name="offer_price_from_one", condition=Q(from_quantity__gte=1)),
        ]

    def __str__(self) -> str:
        return f"from {self.from_quantity}"


class FeeReceipt(Row):
    """What the network received of a vendor on what members bought in a span of days: each member is told its part."""

    contract = models.ForeignKey(Contract, on_delete=models.PROTECT, related_name="fee_receipts")
    first = models.DateField()
    last = models.DateField()
    minor = models.PositiveBigIntegerField()
    received_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(name="fee_receipt_days_in_order", condition=Q(last__gte=F("first"))),
            models.CheckConstraint(name="fee_receipt_some", condition=Q(minor__gte=1)),
            models.UniqueConstraint(fields=["contract", "first", "last", "received_on"], name="fee_receipt_once"),
        ]

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


class FeeShare(Row):
    """The part of a receipt that came of one member's purchases. base_minor: what it bought of the contract then."""

    receipt = models.ForeignKey(FeeReceipt, on_delete=models.PROTECT, related_name="shares")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="+")
    base_minor = models.BigIntegerField()
    cents = models.BigIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["receipt", "practice"], name="fee_share_once")]

    def __str__(self) -> str:
        return str(self.cents)
