"""A desk that others share: locking it, and opening it again with a PIN."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from core.errors import DomainError
from frontend.account.next_page import next_page
from frontend.forms.second_factor import PinForm
from frontend.page import way_back
from frontend.request import AskedRequest
from tenants.admission import Reach
from tenants.declare import signed_in_view
from tenants.models import Session
from tenants.sessions.lock import SessionEnded, is_locked, lock, unlock


@require_http_methods(["GET", "HEAD", "POST"])
def _lock(request: AskedRequest) -> HttpResponse:
    """Opened, it shows what unlocks; sent, it locks."""
    session = _session(request)
    if request.method == "POST":
        idle = "idle" in request.POST
        lock(session=session, practice=request.practice, idle=idle, now=timezone.now())
        back = way_back(request, "/").partition("?")[0]
        return HttpResponseRedirect(f"{reverse('account_lock')}?{urlencode({'next': back})}", status=303)
    if not is_locked(session, now=timezone.now()):
        return HttpResponseRedirect(next_page(request) or "/")
    return _page(request, PinForm())


@sensitive_post_parameters("pin")
@require_POST
def _unlock(request: AskedRequest) -> HttpResponse:
    form = PinForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    try:
        unlock(
            handle=_session(request).handle,
            pin=form.cleaned_data["pin"],
            practice=request.practice,
            now=timezone.now(),
        )
    except SessionEnded:
        request.session.flush()
        return HttpResponseRedirect(f"{reverse('account_login')}?{_again(request)}&ended=1", status=303)
    except DomainError as error:
        form.add_error("pin", error.message)
        return _page(request, form, status=422)
    return HttpResponseRedirect(next_page(request) or "/", status=303)


@require_POST
def _seen(_request: AskedRequest) -> HttpResponse:
    """The page is in use, though it asked for nothing: being let in has noted it."""
    return HttpResponse(status=204)


def _session(request: AskedRequest) -> Session:
    session = request.session.stored
    if session is None:
        raise TypeError("A signed-in view is asked with a stored session.")
    return session


def _page(request: AskedRequest, form: PinForm, **answer: Any) -> HttpResponse:
    context = {
        "form": form,
        "name": request.principal.person_name,
        "has_pin": bool(request.user.pin),
        "next": next_page(request),
        "again": f"{reverse('account_login')}?{_again(request)}",
    }
    return render(request, "account/lock.html", context, **answer)


def _again(request: AskedRequest) -> str:
    return urlencode({"next": next_page(request) or "/"})


lock_page = signed_in_view(_lock, reach=Reach.SIGNED_IN)
open_again = signed_in_view(_unlock, reach=Reach.SIGNED_IN)
seen = signed_in_view(_seen, reach=Reach.UNLOCKED)
