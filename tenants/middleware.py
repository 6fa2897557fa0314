"""Host → practice, and the principal of the request. Neither enters the practice's role: a declared view does that."""

from collections.abc import Callable
from typing import cast

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse
from django.utils.functional import SimpleLazyObject

from tenants.hosts import practice_of
from tenants.principal import Principal, at_network, at_practice
from tenants.request import PlacedRequest
from tenants.sign_in import SESSION_PRACTICE

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


class PrincipalMiddleware:
    """Sets `request.principal`: lazily, for pages that everyone may see ask nothing of the database."""

    def __init__(self, get_response: Callable[[PlacedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PlacedRequest) -> HttpResponse:
        request.principal = cast("Principal", SimpleLazyObject(lambda: principal_of(request)))
        return self.get_response(request)


def principal_of(request: PlacedRequest) -> Principal | None:
    """None for someone not signed in. Raises Http404 where the session belongs to another place."""
    if isinstance(request.user, AnonymousUser):
        return None
    bound_to = request.session.get(SESSION_PRACTICE, "")
    here = str(request.practice.id) if request.practice else ""
    if bound_to != here:
        # A cookie carried from another host: whatever its person may do there, it says nothing here.
        raise Http404("This session belongs to another place.")
    if request.practice is None:
        return at_network(person=request.user)
    return at_practice(person=request.user, practice=request.practice)
