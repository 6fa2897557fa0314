"""What stands before every page that is not public: being signed in here."""

from django.contrib.auth.views import redirect_to_login
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from tenants.request import PlacedRequest
from tenants.sessions.seen import note_seen


def admit(request: PlacedRequest) -> HttpResponse | None:
    """None for somebody who may go on; else the answer that leads to where they must go first.

    Raises Http404 where the session belongs to another place.
    """
    if not request.principal:
        return _to_sign_in(request)
    if request.session.stored is not None:
        note_seen(request.session.stored, now=timezone.now())
    return None


def _to_sign_in(request: PlacedRequest) -> HttpResponse:
    if request.left:
        # Not back to where they were: it is closed to them now.
        return HttpResponseRedirect(f"{reverse('account_login')}?left=1")
    return redirect_to_login(request.get_full_path())
