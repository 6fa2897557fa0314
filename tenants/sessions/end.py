"""Ending sessions: at their next request they are nobody's."""

from uuid import UUID

from tenants.models import Session


def end_sessions(*, person_id: UUID, practice_id: UUID | None = None, keep: str | None = None) -> int:
    """Delete the sessions of a person, at one practice or everywhere, but for the one with key `keep`; how many."""
    sessions = Session.objects.filter(person_id=person_id)
    if practice_id is not None:
        sessions = sessions.filter(practice_id=practice_id)
    if keep is not None:
        sessions = sessions.exclude(session_key=keep)
    return sessions.delete()[0]
