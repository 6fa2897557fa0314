"""A link goes out: only now it gets its token, of which a digest is kept. From now on the patient counts as asked."""

from datetime import datetime, timedelta

from core.tenancy.scope import current_practice
from loyalty.kiosk.secrets import Use, digest, new_token
from loyalty.messages.feedback_link import PATH
from loyalty.models import FeedbackLink, FeedbackMode, FeedbackRequest, Message
from loyalty.visits.local_time import day_of, zone_of
from tenants.hosts import url_of

GOOD_FOR = timedelta(days=14)


def link_for(message: Message, *, now: datetime) -> str:
    """The address for a message that is claimed now, "" for one without a link: a new one each time, the last counts.

    Part of claiming the message, in its transaction.
    """
    link = FeedbackLink.objects.select_for_update(of=("self",)).filter(message=message, used_at__isnull=True).first()
    if link is None or message.visit is None:
        return ""
    token = new_token()
    link.token_digest, link.sent_at, link.expires_at = digest(token, Use.LINK), now, now + GOOD_FOR
    link.save(update_fields=["token_digest", "sent_at", "expires_at", "updated_at"])
    FeedbackRequest.objects.get_or_create(
        visit_id=link.visit_id,
        mode=FeedbackMode.LINK,
        defaults={
            "patient_id": link.patient_id,
            "asked_at": now,
            "day": day_of(now, zone_of(message.visit.location.time_zone)),
        },
    )
    return url_of(current_practice().slug, PATH.format(token=token))
