"""An open invoice is tried again, at once; and the provider's own pages, where cards are kept."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.actions.account import check_may, existing, once_of
from billing.gateway import gateway
from billing.models import Invoice
from billing.refresh import try_refresh
from core import audit
from core.errors import Conflict, NotFound
from core.tenancy.scope import PracticeRef, control_plane
from tenants.principal import Principal


def pay_invoice(*, practice: PracticeRef, invoice_id: UUID, once: UUID, by: Principal, now: datetime) -> None:
    """Raises NotFound, NotOn, Unreachable, Declined, Conflict for one that is not open."""
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        invoice = account.invoices.filter(id=invoice_id).first()
        if invoice is None:
            raise NotFound("invoice_not_found", "There is no such invoice.")
        if invoice.status != Invoice.Status.OPEN:
            raise Conflict("invoice_settled", "There is nothing left to pay on it.")
        gateway().pay(invoice=invoice.stripe_id, once=once_of("pay", once))
        audit.record("billing.invoice_paid", subject=invoice, practice_id=practice.id)
        try_refresh(account_id=account.id, now=now)


def portal_of(*, practice: PracticeRef, back: str, once: UUID, by: Principal) -> str:
    """Where the provider keeps cards. Raises NotFound, NotOn, Unreachable, Conflict without an account."""
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        return gateway().portal(customer=account.customer, back=back, once=once_of("portal", once))


def pdf_of(*, practice: PracticeRef, invoice_id: UUID, by: Principal) -> str:
    """Where the PDF of an invoice is now. Raises NotFound, NotOn, Unreachable."""
    with control_plane():
        check_may(practice, by)
        invoice = Invoice.objects.filter(id=invoice_id, account__practice_id=practice.id).first()
        found = gateway().pdf_of(invoice.stripe_id) if invoice else ""
    if not found:
        raise NotFound("invoice_not_found", "There is no such invoice, or it has no PDF yet.")
    return found
