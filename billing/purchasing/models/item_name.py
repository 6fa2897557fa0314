from django.db import models
from django.db.models import Q

from billing.purchasing.models.catalog import Item, Vendor
from core.models import Row


class ItemName(Row):
    """What members' invoices call an item otherwise than the catalog, as the network said it for all of them.

    key: as of ItemAlias. A member's own word for something goes before.
    """

    vendor = models.ForeignKey(Vendor, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=200)
    item = models.ForeignKey(Item, on_delete=models.CASCADE, related_name="names")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["vendor", "key"], name="item_name_once"),
            models.CheckConstraint(name="item_name_of_something", condition=~Q(key="")),
        ]

    def __str__(self) -> str:
        return self.key
