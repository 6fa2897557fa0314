"""Signing out somewhere else."""

from uuid import UUID

from django.db import transaction

from core.errors import NotFound
from core.tenancy.scope import PracticeRef
from tenants.models import Person, Session
from tenants.sessions.end import end_sessions
from tenants.sign_in_trail import record_at


@transaction.atomic
def end_session(*, person: Person, handle: UUID, practice: PracticeRef | None) -> None:
    """End one session of the person. Raises NotFound for one that is not theirs, or gone."""
    if not Session.objects.filter(person=person, handle=handle).delete()[0]:
        raise NotFound("session_not_found", "This session has ended already.")
    record_at(practice, "session.ended", detail={"session": handle})


@transaction.atomic
def end_other_sessions(*, person: Person, keep: str, practice: PracticeRef | None) -> int:
    """End all sessions of the person but the one with this key; returns how many."""
    ended = end_sessions(person_id=person.pk, keep=keep)
    record_at(practice, "session.ended", detail={"others": ended})
    return ended
