"""What stands before every page that is not public: signed in here, unlocked, with a second factor."""

from enum import IntEnum
from urllib.parse import urlencode

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from core import audit
from tenants.asked import asker_of
from tenants.models import Session
from tenants.request import PlacedRequest
from tenants.second_factor.required import lacks_second_factor
from tenants.sessions.lock import is_locked, lock
from tenants.sessions.seen import note_seen


class Reach(IntEnum):
    """How far somebody must have come: each asks for all that the ones before it ask for."""

    SIGNED_IN = 0
    UNLOCKED = 1
    PROVEN = 2


def admit(request: PlacedRequest, *, reach: Reach = Reach.PROVEN) -> HttpResponse | None:
    """None for somebody who may go on; else the answer that leads to where they must go first.

    Raises Http404 where the session belongs to another place.
    """
    principal = request.principal
    if not principal:
        return _to_sign_in(request)
    session = request.session.stored
    if session is None:
        raise Http404
    if reach >= Reach.UNLOCKED:
        if _locked_now(request, session):
            return _to("account_lock", request)
        note_seen(session, now=timezone.now())
    if reach >= Reach.PROVEN and lacks_second_factor(role=principal.role, session=session):
        return _to("mfa_reauthenticate" if session.has_second_factor else "account_second_factor", request)
    return None


def _locked_now(request: PlacedRequest, session: Session) -> bool:
    now = timezone.now()
    if not is_locked(session, now=now):
        return False
    if session.locked_at is None:
        with audit.asking(asker_of(request, "idle")):
            lock(session=session, practice=request.practice, idle=True, now=now)
    return True


def _to_sign_in(request: PlacedRequest) -> HttpResponse:
    if request.left:
        # Not back to where they were: it is closed to them now.
        return HttpResponseRedirect(f"{reverse('account_login')}?left=1")
    return redirect_to_login(_back(request))


def _to(name: str, request: PlacedRequest) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse(name)}?{urlencode({'next': _back(request)})}")


def _back(request: PlacedRequest) -> str:
    """Back to the page, but without what was searched for on it."""
    return request.path if request.method in ("GET", "HEAD") else "/"
