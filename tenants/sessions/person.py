"""The person of a session: as Django finds it, without another query."""

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.utils.crypto import constant_time_compare

from tenants.models import Person
from tenants.sessions.store import SessionStore


def person_of(session: SessionStore) -> Person | AnonymousUser:
    """Nobody where the account is closed; nobody, and no session any more, where the password was changed since."""
    stored = session.stored
    person = stored.person if stored is not None else None
    if person is None or not person.is_active or session.get(SESSION_KEY) != str(person.pk):
        return AnonymousUser()
    if session.get(BACKEND_SESSION_KEY) not in settings.AUTHENTICATION_BACKENDS:
        return AnonymousUser()
    signed_in_with = session.get(HASH_SESSION_KEY, "")
    hashes = (person.get_session_auth_hash(), *person.get_session_auth_fallback_hash())
    if not any(constant_time_compare(signed_in_with, one) for one in hashes):
        session.flush()
        return AnonymousUser()
    return person
