from django.db import models
from django.db.models import Q

from billing.purchasing.models import Statement
from core.models import Row


class NettedCredit(Row):
    """What a statement took for the subscription, as it stands at Stripe: a credit that the next invoices use up."""

    statement = models.OneToOneField(Statement, on_delete=models.PROTECT, related_name="credit")
    stripe_id = models.CharField(max_length=60, unique=True)
    given_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(name="netted_credit_named", condition=~Q(stripe_id=""))]

    def __str__(self) -> str:
        return self.stripe_id
