"""What is kept of a practice's account, for its own pages and the network's: read as control plane."""

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.db.models import Prefetch

from billing.models import BillingAccount, Invoice, Reconciliation, StripeEvent, Subscription
from billing.standing import current
from core.tenancy.scope import control_plane
from tenants.models import Practice


@dataclass(frozen=True, slots=True)
class Overview:
    """on: whether paid plans are. test: whether no money moves. invoices: the newest first."""

    on: bool
    test: bool
    account: BillingAccount | None
    subscription: Subscription | None
    invoices: tuple[Invoice, ...]

    @property
    def failed(self) -> Invoice | None:
        """The oldest invoice whose payment failed."""
        return next((one for one in reversed(self.invoices) if one.failed), None)

    @property
    def may_try(self) -> bool:
        return self.on and self.subscription is None and (self.account is None or self.account.trial_used_at is None)


def overview(practice_id: UUID) -> Overview:
    """At most three queries."""
    with control_plane():
        account = BillingAccount.objects.filter(practice_id=practice_id).first()
        subscription = current(account.subscriptions.all()) if account else None
        invoices = tuple(account.invoices.order_by("-invoiced_at", "-id")[:60]) if account else ()
    on = bool(settings.STRIPE_SECRET_KEY)
    return Overview(
        on=on, test=on and not settings.STRIPE_LIVE, account=account, subscription=subscription, invoices=invoices
    )


@dataclass(frozen=True, slots=True)
class MemberAccount:
    practice: Practice
    subscription: Subscription | None
    owed: tuple[Invoice, ...]


@dataclass(frozen=True, slots=True)
class NetworkOverview:
    """parked: events about customers that nobody knows. report: of the last comparison."""

    on: bool
    test: bool
    members: tuple[MemberAccount, ...]
    parked: tuple[StripeEvent, ...]
    report: Reconciliation | None


def network_overview() -> NetworkOverview:
    """All members that did not leave, by name; those who owe first. A partner's sandbox is none."""
    with control_plane():
        accounts = {
            one.practice_id: one
            for one in BillingAccount.objects.prefetch_related(
                "subscriptions", Prefetch("invoices", Invoice.objects.filter(status="open", tries__gt=0))
            )
        }
        members = []
        for practice in (
            Practice.objects.filter(sandbox_of__isnull=True).exclude(status=Practice.Status.LEFT).order_by("name")
        ):
            account = accounts.get(practice.id)
            subscription = current(account.subscriptions.all()) if account else None
            members.append(MemberAccount(practice, subscription, tuple(account.invoices.all()) if account else ()))
        parked = tuple(StripeEvent.objects.filter(state="parked").defer("raw").order_by("-received_at")[:50])
        report = Reconciliation.objects.order_by("-began_at").first()
    on = bool(settings.STRIPE_SECRET_KEY)
    members.sort(key=lambda one: not one.owed)
    return NetworkOverview(on, on and not settings.STRIPE_LIVE, tuple(members), parked, report)
