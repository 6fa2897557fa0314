"""A practice's owners and managers are told by mail that a statement is there: no amount, only where to read it."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from billing.purchasing.models import StatementMail
from billing.purchasing.programs.periods import quarter_ordinal
from tenants import mail
from tenants.hosts import url_of
from tenants.models import Membership, Practice
from tenants.permissions import ALLOWED, Verb

# Where the portal shows it (frontend/portal/savings/urls.py).
PAGE = "/statements/{}/"


def tell_statements(*, now: datetime) -> int:
    """Send what was not sent yet; returns how many mails were taken. A server that does not answer is asked again."""
    waiting = StatementMail.objects.filter(sent_at__isnull=True).order_by("created_at").values_list("id", flat=True)
    return sum(_tell(mail_id, now=now) for mail_id in list(waiting))


def _tell(mail_id: UUID, *, now: datetime) -> int:
    """Under a lock, so that two at once send one mail to each. To a practice that is not active nothing is sent."""
    with transaction.atomic():
        one = (
            StatementMail.objects.select_for_update(of=("self",), skip_locked=True)
            .select_related("statement__practice")
            .filter(id=mail_id, sent_at__isnull=True)
            .first()
        )
        if one is None:
            return 0
        practice = one.statement.practice
        context = {
            "place": practice.name,
            "quarter": quarter_in_words(one.statement.first),
            "link": url_of(practice.slug, PAGE.format(one.statement_id)),
        }
        people = Membership.objects.filter(
            practice=practice,
            practice__status=Practice.Status.ACTIVE,
            ended_at__isnull=True,
            person__is_active=True,
            role__in=ALLOWED[Verb.SAVINGS_VIEW],
        ).values_list("person__email", flat=True)
        sent = mail.send_each(people, template="statement_ready", context=context)
        if sent is None:
            return 0
        one.sent_at = now
        one.save(update_fields=["sent_at", "updated_at"])
        return sent


def quarter_in_words(first: date) -> str:
    return f"the {quarter_ordinal(first)} quarter of {first.year}"
