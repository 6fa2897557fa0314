"""A practice ends its paid plan with the period that is paid for, or takes that back. Data and export stay."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from billing.actions.account import existing, once_of, subscribed
from billing.gateway import gateway
from billing.refresh import try_refresh
from core import audit
from core.errors import Conflict
from core.tenancy.scope import PracticeRef, control_plane
from tenants.models import Standing
from tenants.principal import Principal


def end_plan(*, practice: PracticeRef, ends: bool, once: UUID, by: Principal, now: datetime) -> None:
    """ends: False takes it back. Of a practice that is read-only it ends now, and what it owed for it is let go.

    Raises NotFound, NotOn, Unreachable, Conflict where it is so already.
    """
    with control_plane(), transaction.atomic():
        account = existing(practice, by=by)
        subscription = subscribed(account)
        if subscription.cancel_at_period_end is ends:
            raise Conflict("plan_settled", "It ends already." if ends else "It goes on already.")
        if ends and account.practice.standing == Standing.READ_ONLY:
            gateway().end_now(subscription=subscription.stripe_id)
        else:
            gateway().end_with_period(subscription=subscription.stripe_id, ends=ends, once=once_of("end", once))
        verb = "billing.plan_ended" if ends else "billing.plan_resumed"
        audit.record(verb, subject=account, practice_id=practice.id)
        try_refresh(account_id=account.id, now=now)
