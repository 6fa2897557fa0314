"""A request as it is after the middleware of this package: it has a place, and perhaps somebody who asks."""

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest

from core.tenancy.scope import PracticeRef
from tenants.models import Person
from tenants.principal import Principal
from tenants.sessions.store import SessionStore


class PlacedRequest(HttpRequest):
    """practice: None on the network host. principal: falsy for someone who is not signed in.

    left: whether somebody asked with a session from when they were a member here.
    """

    practice: PracticeRef | None
    principal: Principal | None
    user: Person | AnonymousUser
    session: SessionStore
    left: bool
