from django.db import models
from django.db.models import Q

from billing.models.account import BillingAccount
from core.models import Row
from core.money import Money


class Invoice(Row):
    """One invoice as Stripe had it when it was last read. due, paid: minor units of `currency`.

    tries: how often its payment was tried. next_try_at: None where it is not tried again by itself.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Being written"
        OPEN = "open", "To be paid"
        PAID = "paid", "Paid"
        VOID = "void", "Void"
        UNCOLLECTIBLE = "uncollectible", "Given up"

    account = models.ForeignKey(BillingAccount, on_delete=models.PROTECT, related_name="invoices")
    stripe_id = models.CharField(max_length=60, unique=True)
    subscription = models.CharField(max_length=60, blank=True)
    number = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=15, choices=Status)
    says = models.CharField(max_length=200, blank=True)
    due = models.BigIntegerField()
    paid = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    invoiced_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="invoice_status_known", condition=Q(status__in=["draft", "open", "paid", "void", "uncollectible"])
            ),
            models.CheckConstraint(name="invoice_paid_not_negative", condition=Q(paid__gte=0)),
            models.CheckConstraint(name="invoice_currency_shape", condition=Q(currency__regex=r"^[A-Z]{3}$")),
        ]
        indexes = [models.Index(fields=["account", "-invoiced_at"], name="invoice_newest")]

    def __str__(self) -> str:
        return self.number or self.stripe_id

    @property
    def amount(self) -> Money:
        return Money(self.due, self.currency)

    @property
    def failed(self) -> bool:
        return self.status == self.Status.OPEN and self.tries > 0
