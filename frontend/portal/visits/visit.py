"""One visit: what to know, the steps of its journey, and the next thing to do."""

from collections.abc import Callable
from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.forms.visit import MomentForm
from frontend.page import done, form_page, take, way_back
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.models import Visit
from loyalty.visits.arrive import arrive
from loyalty.visits.brief import brief_of
from loyalty.visits.cancel import cancel
from loyalty.visits.complete import complete
from loyalty.visits.facts import facts_of_visit
from loyalty.visits.find import find_visit
from loyalty.visits.journey import journey_of
from loyalty.visits.move import move
from loyalty.visits.no_show import no_show
from loyalty.visits.read_brief import read_brief
from loyalty.visits.see import see
from loyalty.visits.take_back import take_back
from tenants.declare import View, practice_view
from tenants.permissions import Verb


@practice_view(Verb.VISITS_MANAGE)
@require_safe
def show(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    visit = find_visit(visit_id)
    at = visit.starts_at.astimezone(ZoneInfo(visit.location.time_zone))
    return _screen(request, visit, MomentForm(initial={"day": at.date(), "clock": at.time()}))


@practice_view(Verb.VISITS_MANAGE)
@require_POST
def change_time(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    visit = find_visit(visit_id)
    form = MomentForm(request.POST)
    zone = visit.location.time_zone
    if form.attempt(lambda: move(visit_id=visit.id, starts_at=form.starts_at(zone), now=timezone.now())):
        return done(reverse("portal:visit", args=[visit.id]), "visit-moved")
    return _screen(request, visit, form)


def _screen(request: AskedRequest, visit: Visit, form: MomentForm) -> HttpResponse:
    me, now = request.principal, timezone.now()
    facts = facts_of_visit(visit_id=visit.id, clinical=me.may(Verb.CLINICAL_VIEW), feedback=me.may(Verb.FEEDBACK_VIEW))
    if facts is None:
        raise Http404
    at = visit.starts_at.astimezone(ZoneInfo(visit.location.time_zone))
    return form_page(
        request,
        "portal/visit/show.html",
        here="today",
        visit=visit,
        at=at,
        form=form,
        facts=facts,
        brief=brief_of(facts),
        journey=journey_of(facts, now=now),
        is_today=at.date() == now.astimezone(at.tzinfo).date(),
    )


def _step(act: Callable[..., Visit], key: str) -> View:
    """A view that takes one step of a visit and goes back to where its button stood."""

    @practice_view(Verb.VISITS_MANAGE)
    @require_POST
    def step(request: AskedRequest, visit_id: UUID) -> HttpResponse:
        back = way_back(request, reverse("portal:today"))
        me = staff_id_of(request.principal)
        return take(
            request,
            lambda: act(visit_id=visit_id, by_staff_id=me, now=timezone.now()),
            back=back,
            key=key,
            of=visit_id,
            here="today",
        )

    return step


arrival = _step(arrive, "visit-arrived")
beginning = _step(see, "visit-seen")
completion = _step(complete, "visit-over")
absence = _step(no_show, "visit-no-show")
cancellation = _step(cancel, "visit-cancelled")
undo = _step(take_back, "visit-back")
reading = _step(read_brief, "brief-read")
