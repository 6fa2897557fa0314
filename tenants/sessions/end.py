"""Ending sessions: at their next request they are nobody's."""

from uuid import UUID

from tenants.models import Session
from tenants.sessions.store import LEFT, SessionStore


def end_sessions(*, person_id: UUID, practice_id: UUID | None = None, keep: str | None = None) -> int:
    """End the sessions of a person, everywhere or at one practice, but for the one with key `keep`; how many.

    Those at one practice are emptied, not deleted: the browser is told once that its person is no longer a member.
    """
    sessions = Session.objects.filter(person_id=person_id)
    if keep is not None:
        sessions = sessions.exclude(session_key=keep)
    if practice_id is None:
        return sessions.delete()[0]
    return sessions.filter(practice_id=practice_id).update(
        session_data=SessionStore().encode({LEFT: str(practice_id)}), person=None, membership=None, practice=None
    )
