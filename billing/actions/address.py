"""Where invoices go, and the tax numbers that stand on them."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.actions.account import existing, once_of
from billing.gateway import gateway
from billing.models import BillingAccount
from billing.refresh import try_refresh
from core import audit
from core.errors import NotFound
from core.tenancy.scope import PracticeRef, control_plane
from tenants.principal import Principal

MOST_TAX_IDS = 5


def send_invoices_to(*, practice: PracticeRef, email: str, once: UUID, by: Principal, now: datetime) -> BillingAccount:
    """Raises NotFound, NotOn, Unreachable, Conflict without an account."""
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        gateway().change_email(customer=account.customer, email=email, once=once_of("email", once))
        audit.record("billing.address_changed", subject=account, practice_id=practice.id)
        try_refresh(account_id=account.id, now=now)
    return account


def add_tax_id(*, practice: PracticeRef, value: str, once: UUID, by: Principal, now: datetime) -> BillingAccount:
    """An employer identification number. Raises as above, and DomainError for one that cannot be."""
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        gateway().add_tax_id(customer=account.customer, value=value, once=once_of("tax", once))
        audit.record("billing.tax_id_added", subject=account, practice_id=practice.id)
        try_refresh(account_id=account.id, now=now)
    return account


def remove_tax_id(*, practice: PracticeRef, tax_id: str, by: Principal, now: datetime) -> None:
    """Raises as above, and NotFound for a number that is not this practice's."""
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        if tax_id not in {one["id"] for one in account.tax_ids}:
            raise NotFound("tax_id_not_found", "There is no such number.")
        gateway().remove_tax_id(customer=account.customer, tax_id=tax_id)
        audit.record("billing.tax_id_removed", subject=account, practice_id=practice.id)
        try_refresh(account_id=account.id, now=now)
