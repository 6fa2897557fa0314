"""A practice's account with the payments provider: opened with its first wish, and found again."""

from uuid import UUID

from django.db import transaction

from billing.gateway import gateway
from billing.models import BillingAccount, Subscription
from billing.standing import current
from core import audit
from core.errors import Conflict, NotFound
from core.tenancy.scope import PracticeRef
from tenants.models import Person, Practice
from tenants.permissions import Verb
from tenants.principal import Principal


def check_may(practice: PracticeRef, by: Principal) -> None:
    """Raises NotFound for somebody who may not say what the practice pays."""
    if by.practice is None or by.practice.id != practice.id or not by.may(Verb.BILLING_MANAGE):
        raise NotFound("place_not_found", "There is no such place, or it is not yours.")


def opened(practice: PracticeRef, *, by: Principal) -> BillingAccount:
    """As control plane: the account, locked; the customer is made where there is none. Raises NotOn, Unreachable."""
    check_may(practice, by)
    with transaction.atomic():
        place = Practice.objects.select_for_update(no_key=True).get(id=practice.id)
        found = BillingAccount.objects.select_for_update(no_key=True).filter(practice=place).first()
        if found is not None:
            return found
        email = Person.objects.values_list("email", flat=True).get(id=by.person_id)
        customer = gateway().make_customer(practice_id=place.id, name=place.name, email=email)
        made = BillingAccount.objects.create(practice=place, customer=customer, email=email)
        audit.record("billing.account_opened", subject=made, practice_id=place.id)
    return made


def existing(practice: PracticeRef, *, by: Principal) -> BillingAccount:
    """Raises NotFound, Conflict where the practice never had a paid plan."""
    check_may(practice, by)
    found = BillingAccount.objects.select_for_update(no_key=True).filter(practice_id=practice.id).first()
    if found is None:
        raise Conflict("account_missing", "There is nothing to pay yet. Choose a plan first.")
    return found


def subscribed(account: BillingAccount) -> Subscription:
    """Raises Conflict where the practice has no paid plan now."""
    found = current(account.subscriptions.all())
    if found is None:
        raise Conflict("plan_missing", "The practice has no paid plan now. Choose one first.")
    return found


def once_of(action: str, once: UUID) -> str:
    """The idempotency key of one wish."""
    return f"perennial-{action}-{once}"
