"""Going from one practice to another: a one-time ticket opens the door of the other host."""

from urllib.parse import urlencode
from uuid import UUID

from django.conf import settings
from django.contrib.auth import login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.errors import NotFound
from frontend.account.memberships import places_of
from frontend.request import AskedRequest
from tenants.actions.hand_over import redeem
from tenants.declare import public_view, signed_in_view
from tenants.hosts import url_of
from tenants.request import PlacedRequest
from tenants.sign_in import bind_session, hand_over


@signed_in_view
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    me = request.principal
    places = places_of(me.person_id, here=me.practice.id if me.practice else None)
    return render(request, "account/practices.html", {"places": places})


@signed_in_view
@require_POST
def go(request: AskedRequest, practice_id: UUID) -> HttpResponse:
    """Hand the person over. A page leads on, because a form may only lead to its own host."""
    ticket, practice = hand_over(request, practice_id=practice_id, now=timezone.now())
    address = url_of(practice.slug, f"{reverse('account_enter')}?{urlencode({'ticket': ticket})}")
    return render(request, "account/going.html", {"name": practice.name, "address": address})


@public_view
@require_safe
def enter(request: PlacedRequest) -> HttpResponse:
    """Redeem a ticket at the host it was made for."""
    if request.practice is None:
        raise Http404
    now = timezone.now()
    try:
        ticket = redeem(token=request.GET.get("ticket", ""), practice=request.practice, now=now)
    except NotFound as error:
        return render(request, "account/ticket_spent.html", {"error": error}, status=410)
    login(request, ticket.person, backend=settings.AUTHENTICATION_BACKENDS[0])
    bind_session(
        request,
        person=ticket.person,
        now=now,
        signed_in_at=ticket.signed_in_at,
        second_factor_at=ticket.second_factor_at,
    )
    return HttpResponseRedirect("/")
