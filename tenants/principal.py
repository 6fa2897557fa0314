"""Who is asking, at which place, in which role: read as control plane before any practice is entered."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core.tenancy.scope import PracticeRef
from tenants.models import Membership, Person, Practice, Role, Session, Standing
from tenants.permissions import WHEN_CLOSED, Verb, may


@dataclass(frozen=True, slots=True)
class Principal:
    """practice: None on the network host. role: "" for someone who has no role here.

    agreed: whether the practice may hold patients. closed: "suspended" or "left" for a member of a practice that is;
    they have no role there, are told so, and what they were (closed_role) opens the export alone.
    starting: whether the practice's first-run checklist is still shown.
    plan, standing, standing_until: as billing left them (tenants.models.Practice).
    announcements_read_at: what the network said up to then was put away.
    """

    person_id: UUID
    person_name: str
    practice: PracticeRef | None
    role: str
    agreed: bool = False
    closed: str = ""
    closed_role: str = ""
    starting: bool = False
    plan: str = ""
    standing: str = ""
    standing_until: datetime | None = None
    announcements_read_at: datetime | None = None

    def may(self, verb: Verb) -> bool:
        return may(self.role, verb) or (verb in WHEN_CLOSED and may(self.closed_role, verb))

    @property
    def read_only(self) -> bool:
        return self.standing == Standing.READ_ONLY

    @property
    def sees_account(self) -> bool:
        return self.may(Verb.BILLING_VIEW)

    @property
    def short_name(self) -> str:
        return self.person_name.split(" ", 1)[0]


class MembershipEnded(Exception):
    """The session was made by a member who is none any more; a membership made anew does not revive it."""


def of_session(session: Session, *, person: Person, practice: PracticeRef) -> Principal:
    """No query: the session was read with its membership. Raises MembershipEnded for somebody who left."""
    membership = session.membership
    if membership is not None and membership.ended_at is not None:
        raise MembershipEnded
    is_theirs = membership is not None and (membership.person_id, membership.practice_id) == (person.pk, practice.id)
    if membership is None or session.practice is None or not is_theirs:
        return Principal(person_id=person.pk, person_name=person.name, practice=practice, role="")
    row = session.practice
    return _member(
        person,
        practice,
        role=membership.role,
        status=row.status,
        agreed=row.business_associate_agreed_at is not None,
        starting=row.getting_started_aside_at is None,
        account=(row.plan, row.standing, row.standing_until),
    )


def at_practice(*, person: Person, practice: PracticeRef) -> Principal:
    """Outside of a request. One query: the open membership of `person` at the practice, and how the practice stands."""
    found = (
        Membership.objects.filter(person_id=person.pk, practice_id=practice.id, ended_at__isnull=True)
        .values_list(
            "role",
            "practice__status",
            "practice__business_associate_agreed_at",
            "practice__plan",
            "practice__standing",
            "practice__standing_until",
        )
        .first()
    )
    role, status, agreed_at, plan, standing, until = found or ("", "", None, "", "", None)
    return _member(
        person,
        practice,
        role=role,
        status=status,
        agreed=agreed_at is not None,
        starting=False,
        account=(plan, standing, until),
    )


def _member(
    person: Person,
    practice: PracticeRef,
    *,
    role: str,
    status: str,
    agreed: bool,
    starting: bool,
    account: tuple[str, str, datetime | None],
) -> Principal:
    plan, standing, until = account
    is_active = status == Practice.Status.ACTIVE
    return Principal(
        person_id=person.pk,
        person_name=person.name,
        practice=practice,
        role=role if is_active else "",
        agreed=agreed,
        closed="" if is_active else _closed_for(role=role, status=status),
        closed_role="" if is_active else role,
        starting=starting,
        plan=plan,
        standing=standing,
        standing_until=until,
        announcements_read_at=person.announcements_read_at,
    )


def _closed_for(*, role: str, status: str) -> str:
    """What a member sees of a closed practice: of a suspended one everybody, of one that left its owner alone."""
    if status == Practice.Status.LEFT:
        return status if role == Role.OWNER else ""
    return status


def at_network(*, person: Person) -> Principal:
    return Principal(person_id=person.pk, person_name=person.name, practice=None, role=person.network_role)
