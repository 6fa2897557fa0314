"""Somebody used the link of their invitation: where they may write, and that they went there, counted once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import NotFound
from loyalty.models import ReviewInvitation, ReviewSite
from loyalty.reviews.inviting.blindfold import blindfolded
from loyalty.reviews.inviting.invite import sites_to_ask_for


@dataclass(frozen=True, slots=True)
class Place:
    id: UUID
    name: str


def places(*, invitation_id: UUID) -> list[Place]:
    """Where they may write. Reading this counts nothing: filters of mail open every link. Raises NotFound."""
    with blindfolded():
        if not ReviewInvitation.objects.filter(id=invitation_id, drawn=True).exists():
            raise NotFound("invitation_unknown", "This link is not known here.")
        return [Place(site.id, site.name) for site in sites_to_ask_for()]


def go(*, invitation_id: UUID, site_id: UUID, now: datetime) -> str:
    """The address of the practice's page on that site. The first time is written down, which site is not.

    Raises NotFound for a link or a site that is none any more.
    """
    with blindfolded(), transaction.atomic():
        invitation = ReviewInvitation.objects.select_for_update().filter(id=invitation_id, drawn=True).first()
        site: ReviewSite | None = sites_to_ask_for().filter(id=site_id).first()
        if invitation is None or site is None:
            raise NotFound("invitation_unknown", "This link is not known here.")
        if invitation.opened_at is None:
            invitation.opened_at = now
            invitation.save(update_fields=["opened_at", "updated_at"])
            audit.record("review_invitation.opened", subject=invitation, patients=[invitation.patient_id])
        return site.own_url
