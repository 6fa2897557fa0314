"""What the next invoice of a plan comes to, and what of it rebates would pay: told before anybody chooses."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Sum

from billing.crediting import quarter_of_subscriptions
from billing.models import BillingAccount
from billing.plans import Interval, plan_of
from billing.purchasing.models import PaymentShare, Statement
from billing.purchasing.statements.netting import nets_now
from billing.standing import current
from core.money import Money
from core.tenancy.scope import control_plane


@dataclass(frozen=True, slots=True)
class Outlook:
    """nets: whether the practice chose it. paid: by vendors, on no statement yet. quarter: three months of the plan, of
    which a statement takes no more. invoice, at: the next one, without texts. credit: what earlier statements took and
    no invoice has used up, with what is on its way to the provider.
    """

    nets: bool
    paid: Money
    quarter: Money
    invoice: Money
    at: datetime
    credit: Money

    @property
    def taken(self) -> Money:
        """With the next statement, where the practice nets."""
        return Money(max(0, min(self.paid.minor, self.quarter.minor)), self.paid.currency)

    @property
    def sent(self) -> Money:
        """What of the rebates is left, and sent to the practice."""
        return Money(max(0, self.paid.minor), self.paid.currency) - self.taken

    @property
    def covered(self) -> Money:
        """Of the next invoice, once the statement is approved."""
        return Money(min(self.invoice.minor, self.credit.minor + self.taken.minor), self.invoice.currency)

    @property
    def left(self) -> Money:
        """Of the next invoice, for the card."""
        return self.invoice - self.covered

    @property
    def covered_now(self) -> Money:
        """Of the next invoice, by what was taken already, whatever is chosen."""
        return Money(min(self.invoice.minor, self.credit.minor), self.invoice.currency)

    @property
    def left_now(self) -> Money:
        return self.invoice - self.covered_now


def outlook(*, practice_id: UUID, currency: str = "USD") -> Outlook | None:
    """Inside the practice. None without a paid plan in that currency that goes on."""
    with control_plane():
        account = BillingAccount.objects.filter(practice_id=practice_id).prefetch_related("subscriptions").first()
        quarter = quarter_of_subscriptions([practice_id], currency).get(practice_id)
        taken = Statement.objects.filter(
            practice=practice_id, currency=currency, netted_minor__gt=0, credit__isnull=True
        ).aggregate(sum=Sum("netted_minor"))["sum"]
    subscription = current(account.subscriptions.all()) if account else None
    if account is None or subscription is None or quarter is None:
        return None
    price = plan_of(subscription.plan).prices[Interval(subscription.interval)]
    paid = PaymentShare.objects.filter(
        of__practice=practice_id, settled__isnull=True, payment__claim__currency=currency
    ).aggregate(sum=Sum("cents"))["sum"]
    return Outlook(
        nets=nets_now(practice_id),
        paid=Money(int(paid or 0), currency),
        quarter=Money(quarter, currency),
        invoice=Money(price.minor * subscription.quantity, currency),
        at=subscription.period_end,
        credit=Money(account.credit_minor + int(taken or 0), currency),
    )
