from django.db import models
from django.db.models import Q

from billing.purchasing.models.catalog import CURRENCIES, Item, Vendor
from core.models import Followed, Row
from tenants.models import Practice


class PurchaseLine(Followed, Row):
    """One line of an invoice, as the member received it. A return or a credit is negative.

    line: what tells it from the others of its invoice: the number the file gave it, or what it says itself and which
    of several alike it is, so that a file that is read twice adds nothing.
    code: the item's number as written, sku or NDC. quantity, unit: as written. units: how many of the item's own unit.
    amount_minor: for the goods, without freight and tax. item: null while nobody said what it is.
    file_id: the upload it came with; null where a program sent it. external_id: what a program calls it, "" where none
    does; it stays where the same line comes with a file, too.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="+")
    invoice = models.CharField(max_length=60)
    line = models.CharField(max_length=60)
    day = models.DateField()
    code = models.CharField(max_length=60, blank=True)
    description = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=4)
    unit = models.CharField(max_length=30, blank=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3, choices=CURRENCIES, default="USD")
    is_freight = models.BooleanField(default=False)
    item = models.ForeignKey(Item, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    units = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    set_aside = models.BooleanField(default=False, help_text="Somebody said that it is not in the catalog.")
    file_id = models.UUIDField(null=True, blank=True)
    external_id = models.CharField(max_length=200, blank=True, default="", db_default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "external_id"], condition=~Q(external_id=""), name="purchase_line_external_once"
            ),
            models.UniqueConstraint(fields=["practice", "vendor", "invoice", "line"], name="purchase_line_once"),
            models.CheckConstraint(name="purchase_line_of_an_invoice", condition=~Q(invoice="") & ~Q(line="")),
            models.CheckConstraint(
                name="purchase_line_counted_in_units", condition=Q(units__isnull=True) | Q(item__isnull=False)
            ),
            models.CheckConstraint(
                name="purchase_line_freight_is_no_item",
                condition=Q(is_freight=False) | Q(item__isnull=True, units__isnull=True),
            ),
            models.CheckConstraint(
                name="purchase_line_aside_is_no_item", condition=Q(set_aside=False) | Q(item__isnull=True)
            ),
        ]
        indexes = [
            models.Index(fields=["practice", "vendor", "day"], name="purchase_line_of_a_member"),
            models.Index(fields=["vendor", "day"], name="purchase_line_of_all"),
            models.Index(fields=["practice", "written_in", "id"], name="purchase_line_by_write"),
            models.Index(
                fields=["practice", "vendor"],
                condition=Q(item__isnull=True, is_freight=False, set_aside=False),
                name="purchase_line_unmatched",
            ),
            models.Index(fields=["file_id"], condition=Q(file_id__isnull=False), name="purchase_line_of_a_file"),
        ]

    def __str__(self) -> str:
        return f"{self.invoice} {self.line}"


class ItemAlias(Row):
    """What a member calls an item on its invoices; without an item: what it said is not in the catalog.

    key: the code or, where there is none, the description, in letters and digits only.
    """

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="+")
    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "vendor", "key"], name="item_alias_once"),
            models.CheckConstraint(name="item_alias_of_something", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.key
