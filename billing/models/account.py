from django.db import models
from django.db.models import Q

from core.models import Row
from tenants.models import Practice


class BillingAccount(Row):
    """A practice as Stripe knows it: the only place that says which customer is which practice.

    What else stands here was read from Stripe at refreshed_at. owed_since: the day of the oldest invoice whose payment
    failed. tax_ids: of each its id, type, value and whether it was verified. credit_minor: in cents. trial_used_at: a
    plan is tried once.
    """

    practice = models.OneToOneField(Practice, on_delete=models.PROTECT, related_name="billing_account")
    customer = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True)
    card_brand = models.CharField(max_length=30, blank=True)
    card_last4 = models.CharField(max_length=4, blank=True)
    card_ends = models.CharField(max_length=7, blank=True, help_text="Month and year, as in 08/2028.")
    tax_ids = models.JSONField(default=list, blank=True)
    credit_minor = models.PositiveBigIntegerField(default=0, help_text="What the next invoices use up first.")
    trial_used_at = models.DateTimeField(null=True, blank=True)
    owed_since = models.DateTimeField(null=True, blank=True)
    refreshed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_customer_shape", condition=Q(customer__regex=r"^cus_[A-Za-z0-9_]+$")),
            models.CheckConstraint(
                name="account_card_whole", condition=Q(card_last4="") | Q(card_last4__regex=r"^[0-9]{4}$")
            ),
        ]

    def __str__(self) -> str:
        return self.customer
