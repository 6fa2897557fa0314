from billing.models.account import BillingAccount
from billing.models.event import StripeEvent
from billing.models.invoice import Invoice
from billing.models.netted_credit import NettedCredit
from billing.models.notice import Notice
from billing.models.reconciliation import Reconciliation
from billing.models.subscription import OPEN_STATES, Subscription, SubscriptionStatus
from billing.models.text_use import TextUse

__all__ = [
    "OPEN_STATES",
    "BillingAccount",
    "Invoice",
    "NettedCredit",
    "Notice",
    "Reconciliation",
    "StripeEvent",
    "Subscription",
    "SubscriptionStatus",
    "TextUse",
]
