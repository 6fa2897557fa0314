from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower, Upper

from core.models import Followed, Row
from core.money import DIGITS

CURRENCIES = [(code, code) for code in DIGITS]


class Vendor(Followed, Row):
    """Who sells to members on a contract of the network. Sees no patient, and no member's figures but its own sales.

    made_up: nobody sells there; sandboxes see it and buy of it, and no member does.
    """

    name = models.CharField(max_length=120)
    contact_name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True, help_text="Where claims go.")
    made_up = models.BooleanField(default=False, db_default=False, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="vendor_named_once"),
            models.CheckConstraint(name="vendor_has_a_name", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


class Item(Row):
    """One thing that a vendor sells.

    unit: the smallest one it is counted in ("vial"); everything else is so many of these (ItemUnit).
    ndc: eleven digits, as billing writes them; empty where the item has none.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.PROTECT, related_name="items")
    name = models.CharField(max_length=160)
    manufacturer = models.CharField(max_length=120, blank=True)
    sku = models.CharField(max_length=60)
    ndc = models.CharField(max_length=11, blank=True)
    unit = models.CharField(max_length=30)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint("vendor", Upper("sku"), name="item_sku_once"),
            models.UniqueConstraint(fields=["vendor", "ndc"], condition=~Q(ndc=""), name="item_ndc_once"),
            models.CheckConstraint(name="item_ndc_shape", condition=Q(ndc__regex=r"^(\d{11})?$")),
            models.CheckConstraint(name="item_named", condition=~Q(name="") & ~Q(sku="") & ~Q(unit="")),
        ]

    def __str__(self) -> str:
        return self.name


class ItemUnit(Row):
    """Another unit that an item is sold in: one case is ten vials."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="units")
    name = models.CharField(max_length=30)
    holds = models.PositiveIntegerField(help_text="How many of the item's own unit it is.")

    class Meta:
        constraints = [
            models.UniqueConstraint("item", Lower("name"), name="item_unit_once"),
            models.CheckConstraint(name="item_unit_holds_some", condition=Q(holds__gte=1) & ~Q(name="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} of {self.holds}"


class CatalogPrice(Row):
    """What anybody pays for one unit of an item from a day on: what a member's price is compared with."""

    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="catalog_prices")
    from_day = models.DateField()
    minor = models.PositiveBigIntegerField()
    currency = models.CharField(max_length=3, choices=CURRENCIES, default="USD")

    class Meta:
        ordering = [F("from_day").desc()]
        constraints = [
            models.UniqueConstraint(fields=["item", "from_day"], name="catalog_price_once_a_day"),
            models.CheckConstraint(name="catalog_price_some", condition=Q(minor__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.minor} {self.currency}"
