"""The link that stops all email to one address: a signed number, which says nothing of anybody."""

from uuid import UUID

from django.core.signing import BadSignature, Signer

from core.messages.addresses import fingerprint, veiled
from core.tenancy.scope import PracticeRef
from loyalty.models import OptOutLink

# Where the portal answers it (frontend/portal/urls.py); links in sent mail must work for years.
PATH = "/stop/{token}/"


def path_for(practice: PracticeRef, *, kind: str, address: str) -> str:
    """The path of the link for a normal address, made on first use."""
    link, _ = OptOutLink.objects.get_or_create(
        kind=kind, address_hash=fingerprint(kind, address), defaults={"veiled": veiled(kind, address)}
    )
    return PATH.format(token=_signer(practice).sign(link.id.hex))


def link_id_of(token: str, practice: PracticeRef) -> UUID | None:
    """What a token names; None for one that we did not sign for this practice. Asks nothing of the database."""
    try:
        return UUID(_signer(practice).unsign(token))
    except (BadSignature, ValueError):
        return None


def _signer(practice: PracticeRef) -> Signer:
    return Signer(sep=".", salt=f"loyalty.opt-out.{practice.id}")
