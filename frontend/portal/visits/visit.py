"""One visit that is still to come: moved, cancelled, begun, over, or never come to."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.forms.visit import MomentForm
from frontend.page import done, form_page, page, take, way_back
from frontend.portal.found import visit_of
from frontend.request import AskedRequest
from loyalty.models import Visit
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel
from loyalty.visits.complete import complete
from loyalty.visits.move import move
from loyalty.visits.no_show import no_show
from tenants.declare import View, practice_view
from tenants.permissions import Verb


@practice_view(Verb.VISITS_MANAGE)
@require_safe
def show(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    visit = visit_of(visit_id)
    at = visit.starts_at.astimezone(ZoneInfo(visit.location.time_zone))
    form = MomentForm(initial={"day": at.date(), "clock": at.time()})
    return page(request, "portal/visit/show.html", here="today", visit=visit, at=at, form=form)


@practice_view(Verb.VISITS_MANAGE)
@require_POST
def change_time(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    visit = visit_of(visit_id)
    form = MomentForm(request.POST)
    zone = visit.location.time_zone
    if form.attempt(lambda: move(visit_id=visit.id, starts_at=form.starts_at(zone), now=timezone.now())):
        return done(reverse("portal:patient", args=[visit.patient_id]), "visit-moved")
    at = visit.starts_at.astimezone(ZoneInfo(zone))
    return form_page(request, "portal/visit/show.html", here="today", visit=visit, at=at, form=form)


def _step(act: Callable[..., Visit], key: str) -> View:
    """A view that takes one step of a visit and goes back to where its button stood."""

    @practice_view(Verb.VISITS_MANAGE)
    @require_POST
    def step(request: AskedRequest, visit_id: UUID) -> HttpResponse:
        back = way_back(request, reverse("portal:today"))
        return take(request, lambda: act(visit_id=visit_id, now=timezone.now()), back=back, key=key, here="today")

    return step


arrival = _step(arrive, "visit-arrived")
completion = _step(complete, "visit-over")
absence = _step(no_show, "visit-no-show")
cancellation = _step(cancel, "visit-cancelled")
