"""Who sells on a contract of the network: their ids are what a program names them by."""

from billing.purchasing.models import Vendor
from core.exchange.resource import Resource

VENDORS = Resource(name="vendor", rows=Vendor.objects.all, columns=("id", "name", "created_at", "updated_at"))
