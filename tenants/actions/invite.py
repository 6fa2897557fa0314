"""Invite somebody: to a practice in a role, or to the network's own staff."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError
from core.tenancy.scope import control_plane
from core.violated import violated
from tenants.invitation_link import mail_when_committed, new_token
from tenants.models import Invitation, Membership, Person, Practice, Role
from tenants.people_authority import Place, check_is_open, check_may_give, locked_practice
from tenants.principal import Principal
from tenants.trail import record_at

_LONGEST_NAME = 120


def invite(*, email: str, name: str, role: str, practice: Place, by: Principal | None, now: datetime) -> Invitation:
    """A new open invitation; its link is mailed when the transaction commits.

    practice: None for the network's staff. by: None for an operator.
    Raises NotFound to somebody who may not invite here; DomainError: email_wrong, name_missing, name_too_long,
    role_unknown, role_above, owner_first; Conflict: already_here, already_invited, practice_closed.
    """
    address, called = _address(email), _called(name)
    with control_plane(), transaction.atomic():
        place = locked_practice(practice) if practice is not None else None
        check_may_give(by=by, role=role, practice=place)
        check_is_open(place)
        _check_not_here(address, place=place)
        if place is not None:
            _check_owner_first(place, role=role, by=by, now=now)
        earlier = Invitation.objects.open().filter(practice=place, email=address)
        earlier.filter(expires_at__lte=now).update(cancelled_at=now)
        invitation = Invitation(
            practice=place, email=address, name=called, role=role, invited_by_id=by.person_id if by else None
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
        record_at(place, "invitation.sent", subject=invitation, detail={"role": role})
        mail_when_committed(invitation, token=token, inviter=by.person_name if by else "The network", now=now)
        return invitation


def _check_owner_first(place: Practice, *, role: str, by: Principal | None, now: datetime) -> None:
    """A practice begins with an owner. The network names one only: a second link would let somebody else in later."""
    if Membership.objects.filter(practice=place, role=Role.OWNER, ended_at__isnull=True).exists():
        return
    if role != Role.OWNER:
        raise DomainError("owner_first", f"{place.name} has no owner yet. Invite one first.", field="role")
    if by is not None and Invitation.objects.live(now=now).filter(practice=place).exists():
        message = f"The first owner of {place.name} is invited already. Send that invitation again, or cancel it."
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


def _check_not_here(address: str, *, place: Practice | None) -> None:
    person = Person.objects.by_email(address)
    if person is None:
        return
    if place is None:
        is_here = bool(person.network_role)
    else:
        is_here = Membership.objects.filter(person=person, practice=place, ended_at__isnull=True).exists()
    if is_here:
        raise Conflict("already_here", f"{address} belongs here already. Change the role on their page.", field="email")
