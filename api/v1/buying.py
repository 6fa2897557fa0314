"""What the buying group offers, and what the practice bought, one line of an invoice at a time."""

from api.v1.purchase_body import PurchaseBody, PurchaseChangeBody
from api.v1.reading import Changeable, Growing, read_only
from billing.purchasing.exchange.offers import OFFERS
from billing.purchasing.exchange.purchases import PURCHASES
from billing.purchasing.exchange.vendors import VENDORS
from billing.purchasing.exchange.write_purchase import change_purchase_for, write_new_purchase
from tenants.partners.scopes import Scope

Vendors, Vendor = read_only(VENDORS, Scope.OFFERS_READ)
Offers, Offer = read_only(OFFERS, Scope.OFFERS_READ)


class Purchases(Growing):
    scope_for = {"get": Scope.PURCHASES_READ, "post": Scope.PURCHASES_WRITE}
    takes = {"post": PurchaseBody}
    resource = PURCHASES
    creates = staticmethod(write_new_purchase)


class Purchase(Changeable):
    scope_for = {"get": Scope.PURCHASES_READ, "patch": Scope.PURCHASES_WRITE}
    takes = {"patch": PurchaseChangeBody}
    resource = PURCHASES
    changes = staticmethod(change_purchase_for)
