"""Pages that ask once more who somebody is, unless they have just shown it."""

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.reauthentication import is_reauthentication_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseRedirect

from frontend.request import AskedRequest


def confirmed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """For views that a declaration wraps. What was sent too late is not kept: its page is opened again."""

    @wraps(view)
    def inner(request: AskedRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not is_reauthentication_required(request, app="allauth.mfa"):
            return view(request, *args, **kwargs)
        ways = get_adapter().get_reauthentication_methods(request.user)
        if not ways:
            raise PermissionDenied
        back = request.path if request.method in ("GET", "HEAD") else request.POST.get("back", "/")
        return HttpResponseRedirect(f"{ways[0]['url']}?{urlencode({'next': back})}")

    return inner
