"""The link of an invitation: made once, mailed, and found again by its hash."""

import hashlib
import logging
import secrets
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from core.errors import Conflict, NotFound
from core.messages.result import Refused, TryAgain
from core.tenancy.scope import PracticeRef, control_plane
from tenants import hosts, mail
from tenants.models import Invitation, Person, Practice, Role

GOOD_FOR = timedelta(days=7)
_ROLES = {**dict(Role.choices), **dict(Person.NetworkRole.choices)}
_log = logging.getLogger(__name__)


def new_token(invitation: Invitation, *, now: datetime) -> str:
    """A new token for `invitation`, not yet saved: the old one is good no more, and the days begin anew."""
    token = secrets.token_urlsafe(32)
    invitation.token_sha256 = hash_of(token)
    invitation.expires_at = now + GOOD_FOR
    invitation.mailed_at = None
    return token


def role_name(role: str) -> str:
    """As people say it: "Front desk"."""
    return str(_ROLES[role])


def hash_of(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def good_invitation(*, token: str, practice: PracticeRef | None, now: datetime, lock: bool = False) -> Invitation:
    """The invitation of a link, at the host of `practice` (None: the network's), which can be accepted now.

    Raises NotFound for a link that this host never gave out, Conflict for one that is spent: invitation_used,
    invitation_cancelled, invitation_expired, practice_closed.
    """
    found = Invitation.objects.select_related("practice", "invited_by")
    if lock:
        found = found.select_for_update(of=("self",), no_key=True)
    here = found.filter(practice_id=practice.id) if practice else found.filter(practice__isnull=True)
    invitation = here.filter(token_sha256=hash_of(token)).first()
    if invitation is None:
        raise NotFound("invitation_unknown", "This link is not known here. Perhaps a newer mail has taken its place.")
    if invitation.accepted_at:
        raise Conflict("invitation_used", "This invitation was accepted already. Sign in as usual.")
    if invitation.cancelled_at:
        raise Conflict("invitation_cancelled", "This invitation was taken back. Ask whoever invited you.")
    if invitation.expires_at <= now:
        raise Conflict("invitation_expired", "This invitation has expired. Ask whoever invited you for a new one.")
    if invitation.practice and invitation.practice.status != Practice.Status.ACTIVE:
        raise Conflict("practice_closed", f"{invitation.practice.name} is closed for now. Ask whoever invited you.")
    return invitation


def mail_when_committed(invitation: Invitation, *, token: str, inviter: str, now: datetime) -> None:
    """Mail the link once the invitation is kept. One that could not be mailed says so, and can be sent again."""
    practice = invitation.practice
    until = invitation.expires_at.astimezone(ZoneInfo(practice.time_zone if practice else "UTC"))
    context = {
        "place": practice.name if practice else settings.NETWORK_NAME,
        "inviter": inviter,
        "role": role_name(invitation.role).lower(),
        "email": invitation.email,
        "link": hosts.url_of(practice.slug if practice else "", reverse("account_invitation", args=[token])),
        "until": f"{until:%B} {until.day}, {until.year}",
    }
    transaction.on_commit(partial(_mail, invitation, context=context, now=now))


def _mail(invitation: Invitation, *, context: dict[str, str], now: datetime) -> None:
    try:
        result = mail.send(to=invitation.email, template="invitation", context=context)
    except OSError:
        # A folder that cannot be written to, a server that does not answer.
        result = TryAgain("unreachable")
    if isinstance(result, Refused | TryAgain):
        # The link is a key: neither it nor the address goes into the log.
        _log.warning("The mail of invitation %s was not sent: %s", invitation.id, result.code)
        return
    with control_plane():
        # A link that was renewed meanwhile has a mail of its own.
        Invitation.objects.filter(id=invitation.id, token_sha256=invitation.token_sha256).update(mailed_at=now)
