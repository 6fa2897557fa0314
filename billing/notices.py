"""What a practice's owners and managers are told about its account: each thing once, by mail, with where to act."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing.models import BillingAccount, Notice
from billing.parked import tell_parked
from billing.standing import GRACE, Account
from core.jobs import enqueue, network_job
from tenants import hosts, mail
from tenants.models import Membership, Standing
from tenants.permissions import ALLOWED, Verb

# Where the portal shows it (frontend/portal/billing/urls.py).
PAGE = "/settings/billing/"
TRIAL_TOLD = timedelta(days=3)


def note(account: BillingAccount, stands: Account, *, now: datetime) -> None:
    """Write down what is to be told, in the caller's transaction; a job sends it."""
    due: list[tuple[Notice.Kind, str]] = []
    subscription = stands.subscription
    is_trial = subscription is not None and stands.standing == Standing.TRIAL and not subscription.cancel_at_period_end
    if subscription and is_trial and stands.until and stands.until - now <= TRIAL_TOLD:
        due.append((Notice.Kind.TRIAL_ENDING, subscription.stripe_id))
    if stands.standing in (Standing.PAST_DUE, Standing.READ_ONLY):
        failed = [one.stripe_id for one in account.invoices.order_by("invoiced_at") if one.failed]
        about = failed[0] if failed else subscription.stripe_id if subscription else account.customer
        kind = Notice.Kind.PAYMENT_FAILED if stands.standing == Standing.PAST_DUE else Notice.Kind.READ_ONLY
        due.append((kind, about))
    due += [
        (Notice.Kind.ENDED, one.stripe_id)
        for one in account.subscriptions.filter(status="canceled", ended_at__gt=now - GRACE)
    ]
    made = [Notice.objects.get_or_create(account=account, kind=kind, about=about)[1] for kind, about in due]
    if any(made):
        enqueue(tell_all, swept=True)


def tell(*, now: datetime) -> int:
    """Send what was not sent yet; returns how many mails were taken. A server that does not answer is asked again."""
    taken = 0
    for notice_id in Notice.objects.filter(sent_at__isnull=True).values_list("id", flat=True):
        taken += _tell(notice_id, now=now)
    return taken


def _tell(notice_id: UUID, *, now: datetime) -> int:
    """Under a lock, so that two at once send one mail to each."""
    with transaction.atomic():
        notice = (
            Notice.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("account__practice")
            .filter(id=notice_id, sent_at__isnull=True)
            .first()
        )
        if notice is None:
            return 0
        practice = notice.account.practice
        until = practice.standing_until
        context = {
            "place": practice.name,
            "until": f"{until:%B} {until.day}, {until.year}" if until else "",
            "link": hosts.url_of(practice.slug, PAGE),
        }
        people = Membership.objects.filter(
            practice=practice, ended_at__isnull=True, person__is_active=True, role__in=ALLOWED[Verb.BILLING_MANAGE]
        ).values_list("person__email", flat=True)
        sent = mail.send_each(people, template=f"billing_{notice.kind}", context=context)
        if sent is None:
            return 0
        notice.sent_at = now
        notice.save(update_fields=["sent_at", "updated_at"])
        return sent


@network_job("billing.tell_all")
def tell_all() -> int:
    """Mails that were not sent yet, to members and of parked events to the network; returns how many were taken."""
    now = timezone.now()
    return tell(now=now) + tell_parked(now=now)
