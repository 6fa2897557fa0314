"""The link of an invitation: where one may write, and the way there. It asks nothing, least of all how it was."""

from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from loyalty.reviews.inviting.link import invitation_id_of
from loyalty.reviews.inviting.opened import go, places
from tenants.declare import bearer_view
from tenants.request import PlacedRequest


def _signed(request: PlacedRequest, *, token: str, **_more: UUID) -> bool:
    return request.practice is not None and invitation_id_of(token, request.practice) is not None


@bearer_view(_signed)
@require_safe
def show(request: PlacedRequest, token: str) -> HttpResponse:
    found = places(invitation_id=_invitation_id(request, token))
    return render(request, "portal/reviews/invitation.html", {"places": found, "token": token})


@bearer_view(_signed)
@require_safe
def leave(request: PlacedRequest, token: str, site_id: UUID) -> HttpResponse:
    """A redirect, not a link to the site: so the first use can be counted, once, without a script or a cookie."""
    to = go(invitation_id=_invitation_id(request, token), site_id=site_id, now=timezone.now())
    response = HttpResponseRedirect(to)
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


def _invitation_id(request: PlacedRequest, token: str) -> UUID:
    invitation_id = invitation_id_of(token, request.practice) if request.practice else None
    if invitation_id is None:
        raise Http404
    return invitation_id
