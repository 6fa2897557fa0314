"""Staff writes to a patient. Whoever answered about a visit already is not asked again how it was.

The words themselves and whether they may go out are of loyalty.messages, which must not know whether anybody answered:
whoever picks whom to invite to a public review reaches it.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core.errors import Conflict
from loyalty.messages.queue import Draft, draft, queue
from loyalty.models import Feedback, FeedbackLink, FeedbackMode, Message, Visit
from loyalty.visits.local_time import zone_of
from loyalty.visits.spoken import spoken_moment

_HOW = {FeedbackMode.KIOSK: " on the tablet", FeedbackMode.LINK: " by the link", FeedbackMode.STAFF: ""}


def draft_by_hand(*, patient_id: UUID, template_id: UUID, now: datetime) -> Draft:
    """As `draft`, and raises Conflict where it asks about a visit that was answered, with when and how."""
    made = draft(patient_id=patient_id, template_id=template_id, now=now)
    if made.asks_by_link and made.visit is not None:
        _check_unanswered(made.visit, now=now)
    return made


def queue_by_hand(*, patient_id: UUID, template_id: UUID, by_person_id: UUID | None, now: datetime) -> Message:
    """As `queue`, and raises Conflict where it asks about a visit that was answered: then nothing is written down."""
    with transaction.atomic():
        message = queue(patient_id=patient_id, template_id=template_id, by_person_id=by_person_id, now=now)
        link = FeedbackLink.objects.select_related("visit__location").filter(message=message).first()
        if link is not None:
            _check_unanswered(link.visit, now=now)
        return message


def _check_unanswered(visit: Visit, *, now: datetime) -> None:
    answer = Feedback.objects.filter(visit=visit).order_by("answered_at", "id").first()
    if answer is not None:
        when = spoken_moment(answer.answered_at, zone=zone_of(visit.location.time_zone), now=now)
        how = _HOW[FeedbackMode(answer.mode)]
        raise Conflict("feedback_answered", f"They told how this visit was{how} already, {when}. Do not ask again.")
