"""Sessions: where somebody is signed in, bound to a practice and a membership there, and how that ends."""

from tenants.sessions.end import end_sessions
from tenants.sessions.store import Binding, SessionStore

__all__ = ["Binding", "SessionStore", "end_sessions"]
