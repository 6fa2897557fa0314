"""Signing in: at a practice's host only its people, on the network host everyone, and the session says where."""

from dataclasses import replace
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest
from django.utils import timezone

from tenants.address import client_address
from tenants.models import Invitation, Membership, Person, Practice, Role
from tenants.request import PlacedRequest
from tenants.sessions.device import device_of
from tenants.sessions.store import Binding


def may_sign_in_at(*, person: Person, practice_id: UUID | None) -> bool:
    """At a practice: its people, also while it is suspended; once it has left, its owner alone. At the network: its
    own people, and members of active practices.

    At both: whoever is invited there, so that they can accept. Until they do they have no role and see nothing.
    """
    invited = Invitation.objects.live(now=timezone.now()).filter(practice=practice_id, email=person.email.lower())
    memberships = Membership.objects.filter(person=person, ended_at__isnull=True)
    if practice_id is not None:
        left_to = Q(practice__status__in=[Practice.Status.ACTIVE, Practice.Status.SUSPENDED]) | Q(role=Role.OWNER)
        return memberships.filter(left_to, practice_id=practice_id).exists() or invited.exists()
    is_member = memberships.filter(practice__status=Practice.Status.ACTIVE).exists()
    return bool(person.network_role) or is_member or invited.exists()


class MemberBackend(AuthenticationBackend):
    """Email and password, and a place to sign in to. A stranger's right password is answered like a wrong one."""

    def authenticate(self, request: HttpRequest | None, **credentials: Any) -> Person | None:
        person: Person | None = super().authenticate(request, **credentials)
        if person is None or request is None:
            return None
        practice = getattr(request, "practice", None)
        return person if may_sign_in_at(person=person, practice_id=practice.id if practice else None) else None


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up here: people are invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        bind_session(cast("PlacedRequest", request), person=user, now=timezone.now())


def bind_session(request: PlacedRequest, *, person: Person, now: datetime) -> None:
    """Bind the session of a fresh sign-in to this host and, at a practice, to the membership of today.

    Raises PermissionDenied for somebody who may not sign in here, however they came this far.
    """
    practice_id = request.practice.id if request.practice else None
    if not may_sign_in_at(person=person, practice_id=practice_id):
        raise PermissionDenied
    request.session.bind(
        Binding(
            signed_in_at=now,
            practice_id=practice_id,
            membership_id=_membership_here(person, practice_id, now),
            device=device_of(request.headers.get("User-Agent", "")),
            address=client_address(request),
        )
    )


def bind_to_new_membership(request: PlacedRequest, *, person: Person, now: datetime) -> None:
    """Bind a session that is signed in already to the membership that its person has just got here."""
    binding = request.session.binding
    if binding is None:
        raise PermissionDenied
    # What they may do has changed: nothing that knew the session before may use it now.
    request.session.cycle_key()
    request.session.bind(replace(binding, membership_id=_membership_here(person, binding.practice_id, now)))


def _membership_here(person: Person, practice_id: UUID | None, now: datetime) -> UUID | None:
    """The id of the open membership, noted as seen. None on the network host, and for somebody only invited."""
    if practice_id is None:
        return None
    membership = Membership.objects.filter(person=person, practice_id=practice_id, ended_at__isnull=True).first()
    if membership is None:
        return None
    membership.last_seen_at = now
    membership.save(update_fields=["last_seen_at", "updated_at"])
    return membership.id
