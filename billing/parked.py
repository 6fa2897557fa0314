"""Events about customers that nobody knows: the network's admins are told by mail, once, all of a time together."""

from datetime import datetime

from django.db import transaction

from billing.models import StripeEvent
from tenants import mail
from tenants.hosts import url_of
from tenants.models import Person

# Where the console shows them (frontend/console/urls.py).
PAGE = "/billing/"


def tell_parked(*, now: datetime) -> int:
    """Returns how many mails were taken. Under a lock, so that two at once send one mail to each; a server that does
    not answer is asked again the next time. What was settled meanwhile is not told."""
    with transaction.atomic():
        parked = StripeEvent.objects.select_for_update(skip_locked=True).filter(
            state=StripeEvent.State.PARKED, told_at__isnull=True
        )
        events = list(parked.order_by("received_at").values_list("id", flat=True)[:500])
        if not events:
            return 0
        context = {"count": len(events), "link": url_of("", PAGE)}
        sent = mail.send_each(_admins(), template="billing_parked", context=context)
        if sent is None:
            return 0
        StripeEvent.objects.filter(id__in=events).update(told_at=now)
        return sent


def _admins() -> list[str]:
    admins = Person.objects.filter(network_role=Person.NetworkRole.ADMIN, is_active=True)
    return list(admins.order_by("email").values_list("email", flat=True))
