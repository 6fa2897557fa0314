"""Invite somebody: to a practice in a role, or to the network's own staff."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError
from core.tenancy.scope import control_plane
from core.violated import violated
from tenants.invitation_link import mail_when_committed, new_token
from tenants.models import Invitation, Membership, Person, Practice
from tenants.people_authority import check_may_give
from tenants.principal import Principal

_LONGEST_NAME = 120


def invite(
    *, email: str, name: str, role: str, practice: Practice | None, by: Principal | None, now: datetime
) -> Invitation:
    """A new open invitation; its link is mailed when the transaction commits.

    practice: None for the network's staff. by: None for an operator.
    Raises NotFound to somebody who may not invite here; DomainError: email_wrong, name_missing, name_too_long,
    role_unknown, role_above; Conflict: already_here, already_invited, practice_closed.
    """
    address, called = _address(email), _called(name)
    with control_plane(), transaction.atomic():
        check_may_give(by=by, role=role, practice=practice)
        if practice is not None and practice.status != Practice.Status.ACTIVE:
            raise Conflict("practice_closed", f"{practice.name} is closed for now. Nobody can be invited.")
        _check_not_here(address, practice=practice)
        earlier = Invitation.objects.open().filter(practice=practice, email=address)
        earlier.filter(expires_at__lte=now).update(cancelled_at=now)
        if practice is not None and by is not None and by.practice is None:
            _check_first(practice, now=now)
        invitation = Invitation(
            practice=practice, email=address, name=called, role=role, invited_by_id=by.person_id if by else None
        )
        token = new_token(invitation, now=now)
        try:
            with transaction.atomic():
                invitation.save(force_insert=True)
        except IntegrityError as error:
            if violated(error) != "invitation_once":
                raise
            message = f"{address} is invited already. Send that invitation again, or cancel it first."
            raise Conflict("already_invited", message, field="email") from error
        mail_when_committed(invitation, token=token, inviter=by.person_name if by else "The network", now=now)
        return invitation


def _check_first(practice: Practice, *, now: datetime) -> None:
    """The network names one first owner: a second link would let somebody else in once patients are there."""
    if Invitation.objects.live(now=now).filter(practice=practice).exists():
        message = f"The first owner of {practice.name} is invited already. Send that invitation again, or cancel it."
        raise Conflict("already_invited", message, field="email")


def _address(email: str) -> str:
    address = email.strip().lower()
    try:
        validate_email(address)
    except ValidationError as error:
        raise DomainError("email_wrong", "Write a work email such as kim@example.com.", field="email") from error
    return address


def _called(name: str) -> str:
    called = " ".join(name.split())
    if not called:
        raise DomainError("name_missing", "Write the name of the person you invite.", field="name")
    if len(called) > _LONGEST_NAME:
        raise DomainError("name_too_long", f"A name has {_LONGEST_NAME} characters at most.", field="name")
    return called


def _check_not_here(address: str, *, practice: Practice | None) -> None:
    person = Person.objects.by_email(address)
    if person is None:
        return
    if practice is None:
        is_here = bool(person.network_role)
    else:
        is_here = Membership.objects.filter(person=person, practice=practice, ended_at__isnull=True).exists()
    if is_here:
        raise Conflict("already_here", f"{address} belongs here already. Change the role on their page.", field="email")
