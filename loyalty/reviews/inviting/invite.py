"""Ask for public reviews: everybody who comes up, or a random share of them. Run every night, and safe to run twice."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from core.changed import changed
from core.ids import uuid7
from core.tenancy.scope import current_practice
from loyalty.messages.queue import queue_invitation
from loyalty.models import (
    Message,
    MessageState,
    MessageTemplate,
    Patient,
    ReviewAsking,
    ReviewInvitation,
    ReviewSite,
    TemplateKind,
)
from loyalty.reviews.inviting.blindfold import blindfolded
from loyalty.reviews.inviting.coming_up import ComingUp, coming_up
from loyalty.reviews.inviting.draw import is_drawn
from loyalty.reviews.inviting.link import url_for

MOST = 500


def invite(*, now: datetime) -> int:
    """Ask everybody whose turn it is; returns how many messages were written. Nothing where asking is off, or where
    no site may be asked for.

    Each patient is a transaction of their own. Whoever is left out by the hash is written down, too.
    """
    with blindfolded():
        asking = ReviewAsking.objects.filter(is_on=True).first()
        if asking is None or not sites_to_ask_for().exists():
            return 0
        templates = _templates()
        turns = coming_up(asking, now=now, limit=MOST) if templates else []
        return sum(_take_turn(one, asking, templates, now=now) for one in turns)


def sites_to_ask_for() -> QuerySet[ReviewSite]:
    """Where this practice asks for reviews. The database keeps out sites that forbid it."""
    return ReviewSite.objects.filter(asking_allowed=True, forbids_asking=False).order_by("name")


def _templates() -> dict[str, MessageTemplate]:
    """The first template that is on, by channel."""
    found = MessageTemplate.objects.filter(kind=TemplateKind.REVIEW, is_on=True).order_by("-name", "-id")
    return {template.channel: template for template in found}


def _take_turn(one: ComingUp, asking: ReviewAsking, templates: dict[str, MessageTemplate], *, now: datetime) -> bool:
    """Whether a message was written that will go out."""
    with transaction.atomic():
        Patient.objects.select_for_update(no_key=True).filter(id=one.patient_id).first()
        # Asked again now that nobody else can ask: what was true when the list was made may be so no more.
        if one not in coming_up(asking, now=now, limit=1, patient_id=one.patient_id):
            return False
        channel = next((channel for channel in one.channels if channel in templates), None)
        if channel is None:
            return False
        drawn = is_drawn(salt=asking.salt, visit_id=one.visit_id, share=asking.share)
        invitation = ReviewInvitation(
            id=uuid7(),
            patient_id=one.patient_id,
            visit_id=one.visit_id,
            day=one.day,
            drawn_at=now,
            drawn=drawn,
            channel=channel,
        )
        if drawn:
            invitation.message = _message(invitation, templates[channel], now=now)
        invitation.save(force_insert=True)
        changed("review_invitation.drawn", invitation, patients=[one.patient_id], detail={"drawn": drawn})
        return invitation.message is not None and invitation.message.state != MessageState.REFUSED


def _message(invitation: ReviewInvitation, template: MessageTemplate, *, now: datetime) -> Message:
    return queue_invitation(
        patient_id=invitation.patient_id,
        template_id=template.id,
        review_link=url_for(invitation.id, current_practice()),
        now=now,
    )
