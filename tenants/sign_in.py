"""Signing in: at a practice's host only its people, on the network host everyone, and the session says where."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, cast
from uuid import UUID

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.auth_backends import AuthenticationBackend
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core import context
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from core import audit
from core.audit.record import Detail
from tenants.actions.hand_over import issue
from tenants.address import client_address
from tenants.asked import asker_of, somebody
from tenants.limits import guess_key
from tenants.models import Invitation, Membership, Person, Practice, Role
from tenants.request import PlacedRequest
from tenants.sessions.device import device_of
from tenants.sessions.end import end_sessions
from tenants.sessions.store import Binding
from tenants.sign_in_trail import record_at

# How long after a sign-in its person is not asked again who they are.
FRESH = timedelta(minutes=5)


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
    """Nobody signs up here: people are invited. What happens to a sign-in is written in the trail."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": "Too many tries. Wait five minutes, or sign in from another place.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Somebody who has just signed in has just shown who they are."""
        binding = cast("PlacedRequest", context.request).session.binding
        fresh = binding is not None and timezone.now() - binding.signed_in_at < FRESH
        return not fresh and bool(super().is_reauthentication_required(app=app, **kwargs))

    def pre_login(self, request: HttpRequest, user: Person, **how: Any) -> HttpResponse | None:
        """However they proved who they are, by password or by passkey, they must belong here."""
        practice = cast("PlacedRequest", request).practice
        if not may_sign_in_at(person=user, practice_id=practice.id if practice else None):
            raise PermissionDenied
        response: HttpResponse | None = super().pre_login(request, user, **how)
        return response

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        proven = any(record["method"] == "mfa" for record in get_authentication_records(request, user))
        now = timezone.now()
        bind_session(cast("PlacedRequest", request), person=user, now=now, second_factor_at=now if proven else None)

    def logout(self, request: HttpRequest) -> None:
        placed = cast("PlacedRequest", request)
        with audit.asking(asker_of(placed, "sign_out")):
            record_at(placed.practice, "session.ended")
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        placed = cast("PlacedRequest", request)
        person = Person.objects.by_email(str(credentials.get("email", "")))
        where: Detail = {"practice": placed.practice.id} if placed.practice else {}
        with audit.asking(somebody(placed, "sign_in")):
            audit.denied("session.begun", subject_kind="person", subject_id=person.pk if person else None, detail=where)

    @transaction.atomic
    def set_password(self, user: Person, password: str) -> None:
        """Changed or reset: whoever is signed in elsewhere with the old one is out."""
        super().set_password(user, password)
        request = cast("PlacedRequest", context.request)
        keeps = request.user == user
        end_sessions(person_id=user.pk, keep=request.session.session_key if keeps else None)
        asker = asker_of(request, "password") if keeps else somebody(request, "password_reset")
        with audit.asking(replace(asker, id=user.pk)):
            record_at(request.practice if keeps else None, "password.changed")

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        return guess_key(request, str(credentials.get("email", "")))


def bind_session(
    request: PlacedRequest,
    *,
    person: Person,
    now: datetime,
    signed_in_at: datetime | None = None,
    second_factor_at: datetime | None = None,
) -> None:
    """Bind the session of a fresh sign-in to this host and, at a practice, to the membership of today.

    signed_in_at: when they had signed in where they were handed over from. second_factor_at: when they proved one.
    Raises PermissionDenied for somebody who may not sign in here, however they came this far.
    """
    practice_id = request.practice.id if request.practice else None
    if not may_sign_in_at(person=person, practice_id=practice_id):
        raise PermissionDenied
    binding = Binding(
        signed_in_at=signed_in_at or now,
        practice_id=practice_id,
        membership_id=_membership_here(person, practice_id, now),
        second_factor_at=second_factor_at,
        device=device_of(request.headers.get("User-Agent", "")),
        address=client_address(request),
    )
    request.session.bind(binding)
    with audit.asking(asker_of(request, "sign_in")):
        detail: Detail = {"session": binding.handle, "second_factor": second_factor_at is not None}
        record_at(request.practice, "session.begun", detail=detail)


def hand_over(request: PlacedRequest, *, practice_id: UUID, now: datetime) -> tuple[str, Practice]:
    """A ticket for the person who asks, carrying how they signed in here. Raises NotFound as `issue` does."""
    binding = request.session.binding
    if binding is None or isinstance(request.user, AnonymousUser):
        raise PermissionDenied
    return issue(
        person=request.user,
        practice_id=practice_id,
        signed_in_at=binding.signed_in_at,
        second_factor_at=binding.second_factor_at,
        now=now,
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
