"""A patient answers by the link that came by text or email: once, for two weeks, without a name anywhere."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import NotFound
from loyalty.feedback.record import record
from loyalty.feedback.said import Said
from loyalty.kiosk.questions import open_promises
from loyalty.kiosk.secrets import Use, digests
from loyalty.models import Feedback, FeedbackLink, FeedbackMode
from loyalty.visits.locked import locked_visit

_SHAPE = re.compile(r"[A-Za-z0-9_-]{43}\Z")


@dataclass(frozen=True, slots=True)
class AskedByLink:
    """promises: id → what was promised, of those not judged yet."""

    promises: dict[UUID, str]


def is_token(text: str) -> bool:
    """Whether it could be one; asks nothing of the database."""
    return bool(_SHAPE.match(text))


def asked_by_link(token: str, *, now: datetime) -> AskedByLink:
    """Opening it uses nothing up: mail filters open every link. Raises NotFound, the same for used, old and unknown."""
    link = _good(token, now=now)
    audit.record("feedback_link.opened", subject=link, patients=[link.patient_id])
    return AskedByLink(promises=dict(open_promises(link.visit_id)))


def answer_by_link(token: str, *, said: Said, now: datetime) -> Feedback:
    """Raises NotFound for a link that is good no more, Conflict where the visit has such an answer, DomainError."""
    with transaction.atomic():
        visit_id = _good(token, now=now).visit_id
        locked_visit(visit_id)
        # Once more, now that nobody else answers: of two at once, one finds it used.
        link = _good(token, now=now, lock=True)
        feedback = record(
            visit_id=visit_id,
            mode=FeedbackMode.LINK,
            score=said.score,
            liked=said.liked,
            better=said.better,
            worth=said.worth,
            elsewhere=said.elsewhere,
            promises=said.promises,
            now=now,
        )
        link.used_at, link.token_digest = now, ""
        link.save(update_fields=["used_at", "token_digest", "updated_at"])
        return feedback


def _good(token: str, *, now: datetime, lock: bool = False) -> FeedbackLink:
    links = FeedbackLink.objects.select_for_update(of=("self",)) if lock else FeedbackLink.objects.all()
    link = links.filter(token_digest__in=digests(token, Use.LINK), expires_at__gt=now, patient__deceased=False).first()
    if link is None:
        raise NotFound("feedback_link_unknown", "This link can no longer be used.")
    return link
