from django.db import models
from django.db.models import F, Q

from billing.models.account import BillingAccount
from core.constraints import one_of
from core.models import Row


class SubscriptionStatus(models.TextChoices):
    """As Stripe says it."""

    INCOMPLETE = "incomplete", "Not paid yet"
    INCOMPLETE_EXPIRED = "incomplete_expired", "Never paid"
    TRIALING = "trialing", "On trial"
    ACTIVE = "active", "Active"
    PAST_DUE = "past_due", "Payment failed"
    UNPAID = "unpaid", "Payment given up"
    PAUSED = "paused", "Paused"
    CANCELED = "canceled", "Ended"


# With one of these the practice has the plan.
OPEN_STATES = (
    SubscriptionStatus.TRIALING,
    SubscriptionStatus.ACTIVE,
    SubscriptionStatus.PAST_DUE,
    SubscriptionStatus.UNPAID,
)


class Subscription(Row):
    """One subscription as Stripe had it when it was last read. plan, interval: by the price's lookup key.

    item: the line of the plan itself, which a change names.
    """

    account = models.ForeignKey(BillingAccount, on_delete=models.PROTECT, related_name="subscriptions")
    stripe_id = models.CharField(max_length=60, unique=True)
    item = models.CharField(max_length=60)
    status = models.CharField(max_length=20, choices=SubscriptionStatus)
    plan = models.CharField(max_length=20)
    interval = models.CharField(max_length=5)
    quantity = models.PositiveIntegerField()
    period_start = models.DateTimeField()
    period_end = models.DateTimeField()
    trial_end = models.DateTimeField(null=True, blank=True)
    cancel_at_period_end = models.BooleanField(default=False)
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("status", SubscriptionStatus, table="subscription"),
            models.CheckConstraint(name="subscription_plan_known", condition=Q(plan__in=["practice", "group"])),
            models.CheckConstraint(name="subscription_interval_known", condition=Q(interval__in=["month", "year"])),
            models.CheckConstraint(name="subscription_quantity_some", condition=Q(quantity__gte=1)),
            models.CheckConstraint(name="subscription_period_forward", condition=Q(period_end__gte=F("period_start"))),
            models.CheckConstraint(
                name="subscription_ended_has_a_day", condition=~Q(status="canceled") | Q(ended_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return self.stripe_id

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_STATES
