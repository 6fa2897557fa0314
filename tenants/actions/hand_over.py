"""Carry a signed-in person from one host to another: a one-time ticket for 30 seconds, good at one host only."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from core.errors import NotFound
from core.tenancy.scope import PracticeRef
from tenants.models import HandOver, Membership, Person, Practice

GOOD_FOR = timedelta(seconds=30)


def issue(
    *, person: Person, practice_id: UUID, signed_in_at: datetime, second_factor_at: datetime | None, now: datetime
) -> tuple[str, Practice]:
    """A ticket for `person` to enter the practice; with the practice. Raises NotFound without a membership.

    It carries when and how strongly they had signed in.
    """
    practice = Practice.objects.filter(
        id=practice_id,
        status=Practice.Status.ACTIVE,
        memberships__in=Membership.objects.filter(person=person, ended_at__isnull=True),
    ).first()
    if practice is None:
        raise NotFound("no_membership", "You are not a member of that practice.")
    token = secrets.token_urlsafe(32)
    HandOver.objects.create(
        token_sha256=_hash(token),
        person=person,
        practice=practice,
        signed_in_at=signed_in_at,
        second_factor_at=second_factor_at,
        expires_at=now + GOOD_FOR,
    )
    return token, practice


def redeem(*, token: str, practice: PracticeRef, now: datetime) -> HandOver:
    """The ticket with its person, used up by this call. Raises NotFound for a used, late, foreign or unknown one."""
    used = HandOver.objects.filter(
        token_sha256=_hash(token), practice_id=practice.id, used_at__isnull=True, expires_at__gt=now
    ).update(used_at=now)
    if not used:
        raise NotFound("hand_over_invalid", "This link was already used or is too old. Sign in below.")
    ticket = HandOver.objects.select_related("person").get(token_sha256=_hash(token))
    if not ticket.person.is_active:
        raise NotFound("hand_over_invalid", "This link was already used or is too old. Sign in below.")
    return ticket


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
