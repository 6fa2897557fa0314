"""Whoever should know that an address was switched off is told by mail: owner, managers, and the program's maker."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from core import audit
from core.jobs import practice_job
from core.messages.result import TryAgain
from core.tenancy.scope import control_plane, current_practice
from tenants import mail
from tenants.hosts import url_of
from tenants.models import Membership, Role
from tenants.webhooks.granted import Granted, granted
from tenants.webhooks.models import OffWhy, WebhookEndpoint

# Where the portal shows it (frontend/portal/partners/urls.py).
PAGE = "/settings/software/"


@practice_job("webhooks.tell")
def tell_people(endpoint_id: str) -> bool:
    """Returns whether they are told now; False where they were, or where it is on again."""
    return tell(UUID(endpoint_id))


def to_be_told() -> list[UUID]:
    """Addresses that were switched off by themselves, and nobody was told yet."""
    off = WebhookEndpoint.objects.filter(off_at__isnull=False, told_at__isnull=True).exclude(off_why=OffWhy.BY_HAND)
    return list(off.order_by("id").values_list("id", flat=True))


def tell(endpoint_id: UUID) -> bool:
    """Under a lock, so that two workers at once write once. A mail that does not go out now is tried by the sweep."""
    with transaction.atomic():
        endpoint = (
            WebhookEndpoint.objects.select_for_update(no_key=True)
            .filter(id=endpoint_id, off_at__isnull=False, told_at__isnull=True)
            .exclude(off_why=OffWhy.BY_HAND)
            .first()
        )
        if endpoint is None:
            return False
        of = granted(endpoint.grant_id)
        if of is not None and not _written(endpoint, of):
            return False
        # Where the grant ended meanwhile nobody waits for it any more.
        endpoint.told_at = timezone.now()
        endpoint.save(update_fields=["told_at", "updated_at"])
        audit.record("webhook.told_off", subject=endpoint, detail={"application": endpoint.application_id})
    return True


def _written(endpoint: WebhookEndpoint, of: Granted) -> bool:
    place = current_practice()
    context = {
        "program": of.name,
        "place": place.name,
        "gone": endpoint.off_why == OffWhy.GONE,
        "link": url_of(place.slug, PAGE),
        # The name alone: what follows it may be a secret of theirs.
        "host": endpoint.url.split("/")[2],
    }
    with control_plane():
        staff = Membership.objects.filter(
            practice_id=place.id, role__in=[Role.OWNER, Role.MANAGER], ended_at__isnull=True, person__is_active=True
        )
        addresses = list(staff.order_by("id").values_list("person__email", flat=True))
        letters = [(one, "webhook_off") for one in addresses] + [(of.contact_email, "webhook_off_maker")]
        taken = [_send(to, template, context) for to, template in letters]
    # Where one of them went out, writing to all again would be worse than one who does not know.
    return any(taken)


def _send(to: str, template: str, context: dict[str, object]) -> bool:
    try:
        return not isinstance(mail.send(to=to, template=template, context=context), TryAgain)
    except OSError:
        # A folder that cannot be written to, a server that does not answer.
        return False
