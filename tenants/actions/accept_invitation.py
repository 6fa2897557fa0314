"""Accept an invitation: as somebody who has an account and is signed in with it, or as a new person."""

from dataclasses import replace
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core import audit
from core.errors import Conflict, DomainError
from core.tenancy.scope import PracticeRef, control_plane
from core.violated import violated
from tenants.invitation_link import good_invitation
from tenants.models import Invitation, Membership, Person, Practice
from tenants.staffing import Coming, comes
from tenants.trail import record_at

_LONGEST_NAME = 120


def accept_invitation(*, token: str, practice: PracticeRef | None, person: Person, now: datetime) -> Invitation:
    """`person`, who has proved to be themselves by signing in, takes the role offered to their address.

    Raises NotFound and Conflict of `good_invitation`, Conflict: already_here; DomainError other_email where the
    invitation is for somebody else.
    """
    with control_plane(), transaction.atomic():
        invitation = good_invitation(token=token, practice=practice, now=now, lock=True)
        if invitation.email != person.email.lower():
            raise DomainError(
                "other_email",
                f"This invitation is for {invitation.email}, and you are signed in as {person.email}. Sign out first.",
            )
        _let_in(invitation, person=person, now=now)
        return invitation


def accept_as_new_person(
    *, token: str, practice: PracticeRef | None, name: str, password: str, now: datetime
) -> Person:
    """The new person, with the address of the invitation. Their sign-in is for the caller to begin.

    Raises what `accept_invitation` raises; Conflict account_exists where the address has an account: an invitation
    never opens one; DomainError: name_missing, name_too_long, password_weak.
    """
    called = " ".join(name.split())
    if not called or len(called) > _LONGEST_NAME:
        code = "name_too_long" if called else "name_missing"
        raise DomainError(code, f"Write your name, in {_LONGEST_NAME} characters at most.", field="name")
    with control_plane(), transaction.atomic():
        invitation = good_invitation(token=token, practice=practice, now=now, lock=True)
        try:
            validate_password(password, user=Person(email=invitation.email, name=called))
        except ValidationError as error:
            raise DomainError("password_weak", " ".join(error.messages), field="password") from error
        try:
            with transaction.atomic():
                person = Person.objects.create_user(invitation.email, password, name=called)
        except IntegrityError as error:
            if violated(error) != "person_email_once":
                raise
            message = "You have an account already. Sign in with it, then accept."
            raise Conflict("account_exists", message) from error
        _let_in(invitation, person=person, now=now)
        return person


def _let_in(invitation: Invitation, *, person: Person, now: datetime) -> None:
    invitation.accepted_at = now
    invitation.accepted_by = person
    invitation.save(update_fields=["accepted_at", "accepted_by", "updated_at"])
    # Until now nobody was known to ask but somebody with the link.
    with audit.asking(replace(audit.current_asker(), kind=audit.AskerKind.PERSON, id=person.id, role=invitation.role)):
        record_at(invitation.practice, "invitation.accepted", subject=person, detail={"invitation": invitation.id})
        if invitation.practice is not None:
            _join(invitation.practice, role=invitation.role, person=person, now=now)
            return
        if person.network_role:
            raise Conflict("already_here", "You belong to the network already.")
        person.network_role = invitation.role
        person.save(update_fields=["network_role", "updated_at"])


def _join(practice: Practice, *, role: str, person: Person, now: datetime) -> None:
    if Membership.objects.filter(person=person, practice=practice, ended_at__isnull=True).exists():
        raise Conflict("already_here", f"You belong to {practice.name} already.")
    Membership.objects.create(person=person, practice=practice, role=role, last_seen_at=now)
    comes(Coming(practice=practice.ref, person_id=person.id, name=person.name, role=role, now=now))
