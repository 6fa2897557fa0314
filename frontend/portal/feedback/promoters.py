"""The promoters: thanked by hand, asked for a story; never chosen here for a public review."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.page import page, take
from frontend.portal.feedback.paging import place_of, written
from frontend.portal.feedback.tabs import tabs_for
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.feedback.promoters import promoters
from loyalty.feedback.story import answer_story, plan_story
from loyalty.feedback.thank import thank
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 20


@practice_view(Verb.FEEDBACK_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    found = promoters(now=timezone.now(), limit=PAGE, after=place_of(request.GET.get("after", "")))
    return page(
        request,
        "portal/promoters/show.html",
        here="feedback",
        tabs=tabs_for("promoters"),
        found=found,
        most=max((one.mentions for one in found.themes), default=0),
        older=written(found.after),
        may_publish=request.principal.may(Verb.TESTIMONIALS_MANAGE),
    )


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def thanks(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: thank(patient_id=patient_id, now=timezone.now()),
        back=reverse("portal:promoters"),
        key="thanks-planned",
        here="feedback",
    )


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def story(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    me = staff_id_of(request.principal)
    return take(
        request,
        lambda: plan_story(patient_id=patient_id, by_staff_id=me, now=timezone.now()),
        back=reverse("portal:promoters"),
        key="story-planned",
        here="feedback",
    )


@practice_view(Verb.FEEDBACK_VIEW)
@require_POST
def story_answer(request: AskedRequest, story_ask_id: UUID) -> HttpResponse:
    me, answer = staff_id_of(request.principal), request.POST.get("answer", "")
    return take(
        request,
        lambda: answer_story(story_ask_id=story_ask_id, answer=answer, by_staff_id=me, now=timezone.now()),
        back=reverse("portal:promoters"),
        key="story-answered",
        here="feedback",
    )
