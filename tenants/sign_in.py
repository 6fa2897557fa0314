"""Signing in: at a practice's host only its people, on the network host everyone, and the session says where."""

from typing import Any, cast

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from django.http import HttpRequest
from django.utils import timezone

from tenants.models import Invitation, Membership, Person, Practice
from tenants.request import PlacedRequest

# In the session: the id of the practice it is bound to, "" for the network host.
SESSION_PRACTICE = "practice"


def may_sign_in_at(*, person: Person, practice_id: Any) -> bool:
    """At a practice: people with an open membership there. At the network: its own people, and every member.

    At both: whoever is invited there, so that they can accept. Until they do they have no role and see nothing.
    """
    invited = Invitation.objects.live(now=timezone.now()).filter(practice_id=practice_id, email=person.email.lower())
    memberships = Membership.objects.filter(
        person=person, ended_at__isnull=True, practice__status=Practice.Status.ACTIVE
    )
    if practice_id is not None:
        return memberships.filter(practice_id=practice_id).exists() or invited.exists()
    return bool(person.network_role) or memberships.exists() or invited.exists()


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
        bind_session(cast("PlacedRequest", request))


def bind_session(request: PlacedRequest) -> None:
    """Write into the session which host it was made on; any other host refuses it."""
    practice = request.practice
    request.session[SESSION_PRACTICE] = str(practice.id) if practice else ""
    if practice and isinstance(request.user, Person):
        here = Membership.objects.filter(person=request.user, practice_id=practice.id, ended_at__isnull=True)
        here.update(last_seen_at=timezone.now())
