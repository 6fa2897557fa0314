"""Host → practice, and the principal of the request. Neither enters the practice's role: a declared view does that."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.utils.functional import SimpleLazyObject

from tenants.hosts import practice_of
from tenants.models import Person
from tenants.principal import MembershipEnded, Principal, at_network, of_session
from tenants.request import PlacedRequest
from tenants.sessions.person import person_of
from tenants.sessions.store import LEFT

PRACTICE_URLS = "infra.urls_practice"


class HostMiddleware:
    """Sets `request.practice` (None on the network host) and the URLs of the place; an unknown host is a 404."""

    def __init__(self, get_response: Callable[[PlacedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PlacedRequest) -> HttpResponse:
        host = request.get_host().partition(":")[0].lower().rstrip(".")
        if host == settings.NETWORK_HOST:
            request.practice = None
        else:
            request.practice = practice_of(host)
            request.urlconf = PRACTICE_URLS if request.practice else "infra.urls_nowhere"
        return self.get_response(request)


class PersonMiddleware:
    """Sets `request.user`, from the row of the session: Django's own asks the database once more."""

    def __init__(self, get_response: Callable[[PlacedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PlacedRequest) -> HttpResponse:
        request.user = cast("Person | AnonymousUser", SimpleLazyObject(lambda: person_of(request.session)))
        return self.get_response(request)


class PrincipalMiddleware:
    """Sets `request.principal`: lazily, for pages that everyone may see ask nothing of the database."""

    def __init__(self, get_response: Callable[[PlacedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PlacedRequest) -> HttpResponse:
        request.left = False
        request.principal = cast("Principal", SimpleLazyObject(lambda: principal_of(request)))
        return self.get_response(request)


def principal_of(request: PlacedRequest) -> Principal | None:
    """None for someone not signed in. Raises Http404 where the session belongs to another place.

    A member who left is signed out by asking: `request.left` says so.
    """
    if isinstance(request.user, AnonymousUser):
        if request.practice is not None and request.session.get(LEFT) == str(request.practice.id):
            _leave(request)
        return None
    session = request.session.stored
    if session is None:
        return None
    if session.practice_id != (request.practice.id if request.practice else None):
        # A cookie carried from another host: whatever its person may do there, it says nothing here.
        raise Http404("This session belongs to another place.")
    if request.practice is None:
        return at_network(person=request.user)
    try:
        return of_session(session, person=request.user, practice=request.practice)
    except MembershipEnded:
        _leave(request)
        return None


def _leave(request: PlacedRequest) -> None:
    request.session.flush()
    request.user = AnonymousUser()
    request.left = True
