"""Texts of paid plans are counted one by one, inside the practice, and told to Stripe in lots."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from billing.gateway import gateway
from billing.models import BillingAccount, TextUse
from billing.plans import PlanKey
from core.ids import uuid7
from core.outbox.consumers import Happened
from core.tenancy.scope import current_practice
from tenants.models import Practice

MOST_IN_A_LOT = 5_000


def note_text(happened: Happened) -> None:
    """A consumer of the outbox, inside the practice. What a free plan includes costs nothing and is not counted."""
    practice = current_practice()
    plan = Practice.objects.filter(id=practice.id).values_list("plan", flat=True).first()
    if plan in (None, PlanKey.MEMBER):
        return
    row = TextUse(practice_id=practice.id, number=happened.number, sent_at=happened.happened_at)
    TextUse.objects.bulk_create([row], ignore_conflicts=True)


def tell_texts(*, now: datetime) -> int:
    """Tell Stripe what it was not told; returns how many texts. Raises Unreachable: the same lots are told again then.

    A lot has its identifier before it is told, so that whatever breaks in between, Stripe counts it once.
    """
    told = 0
    for account in BillingAccount.objects.all():
        _make_lot(account.practice_id)
        lots = TextUse.objects.filter(practice_id=account.practice_id, told_at__isnull=True, lot__isnull=False)
        for lot in lots.values_list("lot", flat=True).distinct():
            told += _tell(account, lot, now=now)
    return told


def _make_lot(practice_id: UUID) -> None:
    with transaction.atomic():
        rows = TextUse.objects.select_for_update().filter(practice_id=practice_id, lot__isnull=True)
        ids = [one.id for one in rows.order_by("number")[:MOST_IN_A_LOT]]
        TextUse.objects.filter(id__in=ids).update(lot=uuid7())


def _tell(account: BillingAccount, lot: UUID | None, *, now: datetime) -> int:
    rows = TextUse.objects.filter(practice_id=account.practice_id, lot=lot, told_at__isnull=True)
    number, at = rows.count(), rows.aggregate(at=Max("sent_at"))["at"]
    if not number:
        return 0
    gateway().count_texts(customer=account.customer, number=number, identifier=str(lot), at=at)
    rows.update(told_at=now)
    return number
