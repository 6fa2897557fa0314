"""What software is let in, what it may do, and what could be let in."""

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from core.tenancy.scope import current_practice
from frontend.page import page
from frontend.request import AskedRequest
from frontend.telling_words import HEALTH, State, worst
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.hosts import url_of
from tenants.partners.registered import connected_to, offered_to
from tenants.permissions import Verb
from tenants.webhooks.listed import Health, health_of


@practice_view(Verb.PARTNERS_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    place = current_practice()
    programs = connected_to(place.id)
    told = health_of(one.grant_id for one in programs)
    return page(
        request,
        "portal/partners/list.html",
        here="settings",
        programs=[(one, _state(told.get(one.grant_id, []))) for one in programs],
        offered=offered_to(place.id),
        zone=practice_zone(),
        address=url_of(place.slug, ""),
    )


def _state(healths: list[Health]) -> State | None:
    """How it goes with telling a program; None where it is not told."""
    found = worst(healths)
    return HEALTH[found] if found is not None else None
