"""The link of an invitation: a signed number, which says nothing of anybody."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from core.tenancy.scope import PracticeRef
from tenants.hosts import url_of

# Where the portal answers it (frontend/portal/reviews/urls.py); links in sent messages must work for months.
PATH = "/r/{token}/"


def url_for(invitation_id: UUID, practice: PracticeRef) -> str:
    return url_of(practice.slug, PATH.format(token=token_of(invitation_id, practice)))


def token_of(invitation_id: UUID, practice: PracticeRef) -> str:
    return _signer(practice).sign(invitation_id.hex)


def invitation_id_of(token: str, practice: PracticeRef) -> UUID | None:
    """What a token names; None for one that we did not sign for this practice. Asks nothing of the database."""
    try:
        return UUID(_signer(practice).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(practice: PracticeRef) -> Signer:
    return Signer(sep=".", salt=f"loyalty.review-invitation.{practice.id}")
