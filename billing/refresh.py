"""Reading a customer from Stripe and keeping what it says: the one way in which anything of Stripe's is applied.

The account is locked before Stripe is asked, so of two at once the later one has read later: an event that comes twice,
late or out of order changes nothing that a newer one has said.
"""

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.errors import Unreachable
from billing.facts import CustomerFacts
from billing.gateway import gateway
from billing.models import BillingAccount, Invoice, Subscription
from billing.notices import note
from billing.standing import Account, account_of, owed_since
from core import audit
from core.errors import NotFound
from tenants.actions.entitle import entitle


def refresh(*, account_id: UUID, now: datetime) -> list[str]:
    """What was different, each as a sentence; nothing where all was known. Raises Unreachable, NotFound."""
    with transaction.atomic():
        account = locked(account_id)
        facts = gateway().facts(account.customer)
        found = differences(account, facts)
        keep(account, facts, now=now)
        settle(account, now=now)
        if found:
            audit.record(
                "billing.refreshed", subject=account, practice_id=account.practice_id, detail={"changes": len(found)}
            )
    return found


def locked(account_id: UUID) -> BillingAccount:
    account = BillingAccount.objects.select_for_update(no_key=True).filter(id=account_id).first()
    if account is None:
        raise NotFound("account_not_found", "There is no such account.")
    return account


def differences(account: BillingAccount, facts: CustomerFacts) -> list[str]:
    """Between what is kept and what Stripe says. Without names or amounts of anybody."""
    found: list[str] = []
    kept = {one.stripe_id: one for one in account.subscriptions.all()}
    for fact in facts.subscriptions:
        one = kept.pop(fact.stripe_id, None)
        if one is None:
            found.append(f"{fact.stripe_id}: unknown here, {fact.status} there")
            continue
        for name, value in asdict(fact).items():
            if getattr(one, name) != value:
                found.append(f"{fact.stripe_id}: {name} is {_said(getattr(one, name))} here, {_said(value)} there")
    found += [f"{id}: {one.status} here, unknown there" for id, one in kept.items()]
    known = {one.stripe_id: one for one in account.invoices.all()}
    for invoice in facts.invoices:
        mine = known.get(invoice.stripe_id)
        if mine is None:
            found.append(f"{invoice.stripe_id}: unknown here, {invoice.status} there")
            continue
        found += [
            f"{invoice.stripe_id}: {name} is {_said(getattr(mine, name))} here, {_said(value)} there"
            for name, value in asdict(invoice).items()
            if getattr(mine, name) != value
        ]
    card = (account.card_brand, account.card_last4, account.card_ends)
    if card != facts.card or account.email != facts.email or account.tax_ids != list(facts.tax_ids):
        found.append(f"{account.customer}: card, address or tax ids differ")
    if account.credit_minor != facts.credit:
        found.append(f"{account.customer}: the credit differs")
    return found


def keep(account: BillingAccount, facts: CustomerFacts, *, now: datetime) -> None:
    """Write it down; what Stripe no longer knows goes. In the caller's transaction, with the account locked."""
    for fact in facts.subscriptions:
        given = {name: value for name, value in asdict(fact).items() if name != "stripe_id"}
        Subscription.objects.update_or_create(stripe_id=fact.stripe_id, account=account, defaults=given)
    account.subscriptions.exclude(stripe_id__in=[one.stripe_id for one in facts.subscriptions]).delete()
    for invoice in facts.invoices:
        given = {name: value for name, value in asdict(invoice).items() if name != "stripe_id"}
        Invoice.objects.update_or_create(stripe_id=invoice.stripe_id, account=account, defaults=given)
    account.email, account.tax_ids = facts.email, list(facts.tax_ids)
    account.card_brand, account.card_last4, account.card_ends = facts.card
    account.credit_minor = facts.credit
    account.owed_since = owed_since(account.invoices.all())
    trials = [one.begun_at for one in facts.subscriptions if one.trial_end is not None]
    account.trial_used_at = min(trials, default=account.trial_used_at)
    account.refreshed_at = now
    account.save()


def settle(account: BillingAccount, *, now: datetime) -> Account:
    """Give the practice what it has paid for, and note whom to tell. Asks nothing of Stripe."""
    stands = account_of(account.subscriptions.all(), owed=account.owed_since, now=now)
    entitle(
        practice_id=account.practice_id,
        plan=stands.plan.key,
        limits=stands.plan.limits,
        standing=stands.standing,
        until=stands.until,
    )
    note(account, stands, now=now)
    return stands


def try_refresh(*, account_id: UUID, now: datetime) -> bool:
    """After something was done at Stripe: shown at once where it answers, else with its event. False where not."""
    try:
        refresh(account_id=account_id, now=now)
    except Unreachable:
        return False
    return True


def _said(value: object) -> str:
    return value.isoformat() if isinstance(value, datetime) else str(value)
