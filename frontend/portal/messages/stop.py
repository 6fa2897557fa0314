"""The link at the foot of an email: a page with one button, and the POST that mail programs send by themselves."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from loyalty.messages.opt_out import is_out, opt_out
from loyalty.messages.opt_out_link import link_id_of
from tenants.declare import bearer_view
from tenants.request import PlacedRequest


def _signed(request: PlacedRequest, *, token: str) -> bool:
    return request.practice is not None and link_id_of(token, request.practice) is not None


@csrf_exempt
@bearer_view(_signed)
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: PlacedRequest, token: str) -> HttpResponse:
    """Opening the page stops nothing: mail filters open every link. RFC 8058 sends a POST, without cookies."""
    link_id = _link_id(request, token)
    if request.method == "POST":
        opt_out(link_id=link_id, now=timezone.now())
    stopped = is_out(link_id=link_id)
    return render(request, "portal/messages/stop.html", {"stopped": stopped})


def _link_id(request: PlacedRequest, token: str) -> UUID:
    link_id = link_id_of(token, request.practice) if request.practice else None
    if link_id is None:
        raise Http404
    return link_id
