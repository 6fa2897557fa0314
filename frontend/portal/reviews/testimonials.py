"""Patients' own words on the practice's page: what waits, what is up, what is down and why."""

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.errors import NotFound
from frontend.forms.testimonial import AgreeForm, TakeDownForm
from frontend.page import done, form_page, page, posted, take
from frontend.portal.reviews.tabs import tabs_for
from frontend.request import AskedRequest
from loyalty.models import Feedback, Patient, ShownAs, TakenDown
from loyalty.patients.find import find_patient
from loyalty.patients.search import search
from loyalty.practice_zone import practice_zone
from loyalty.testimonials.agree import agree, shown_name, wording
from loyalty.testimonials.listed import find_answer, find_testimonial, testimonials
from loyalty.testimonials.publish import publish, restore, take_down
from tenants.declare import practice_view
from tenants.hosts import url_of
from tenants.permissions import Verb

MOST = 8


@practice_view(Verb.TESTIMONIALS_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`q` finds the patient who said something new."""
    text = request.GET.get("q", "").strip()[:200]
    return page(
        request,
        "portal/reviews/testimonials.html",
        here="reviews",
        tabs=tabs_for(request.principal, "testimonials"),
        lists=testimonials(),
        text=text,
        hits=search(text=text, today=_today(), limit=MOST).hits if text else [],
        address=url_of(request.practice.slug, reverse("portal:testimonials-public")) if request.practice else "",
    )


@practice_view(Verb.TESTIMONIALS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    """`answer` begins with what they wrote in private."""
    patient, answer = find_patient(patient_id), _answer(request, patient_id)
    now, today = timezone.now(), _today()
    form = AgreeForm(posted(request), initial=_begun(answer, today=today), names=_names(patient), answer=answer)
    made = form.attempt(
        lambda: agree(
            patient_id=patient.id,
            feedback_id=answer.id if answer else None,
            **form.given(),
            by_person_id=request.principal.person_id,
            today=today,
            now=now,
        )
    )
    if made is not None:
        return done(reverse("portal:testimonials"), "testimonial-agreed")
    sample = wording(practice=request.practice.name if request.practice else "", words="…", name="…", rating=None)
    return form_page(
        request,
        "portal/reviews/testimonial_new.html",
        here="reviews",
        form=form,
        patient=patient,
        answer=answer,
        sample=sample,
    )


@practice_view(Verb.TESTIMONIALS_MANAGE)
@require_POST
def put_up(request: AskedRequest) -> HttpResponse:
    """All that wait, or those up to and with `through`: there is no way to name one."""
    given = request.POST.get("through", "")
    try:
        through = UUID(given) if given else None
    except ValueError as error:
        raise Http404 from error
    return take(
        request,
        lambda: publish(through=through, now=timezone.now()),
        back=reverse("portal:testimonials"),
        key="testimonials-published",
        here="reviews",
    )


@practice_view(Verb.TESTIMONIALS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def down(request: AskedRequest, testimonial_id: UUID) -> HttpResponse:
    form = TakeDownForm(posted(request))
    taken = form.attempt(
        lambda: take_down(
            testimonial_id=testimonial_id,
            because=form.cleaned_data["because"],
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if taken is not None:
        # A withdrawal cannot be undone: it takes a new consent.
        key = "testimonial-withdrawn" if taken.taken_down_because == TakenDown.WITHDRAWN else "testimonial-down"
        return done(reverse("portal:testimonials"), key, of=testimonial_id)
    line = find_testimonial(testimonial_id)
    return form_page(request, "portal/reviews/testimonial_down.html", here="reviews", form=form, line=line)


@practice_view(Verb.TESTIMONIALS_MANAGE)
@require_POST
def bring_back(request: AskedRequest, testimonial_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: restore(testimonial_id=testimonial_id, now=timezone.now()),
        back=reverse("portal:testimonials"),
        key="testimonial-back",
        here="reviews",
    )


def _today() -> date:
    return timezone.now().astimezone(practice_zone()).date()


def _answer(request: AskedRequest, patient_id: UUID) -> Feedback | None:
    given = request.GET.get("answer", "")
    if not given:
        return None
    try:
        answer = find_answer(UUID(given))
    except (ValueError, NotFound) as error:
        raise Http404 from error
    if answer.patient_id != patient_id:
        raise Http404
    return answer


def _begun(answer: Feedback | None, *, today: object) -> dict[str, object]:
    if answer is None:
        return {"said_on": today}
    return {"words": answer.liked or answer.better, "rating": answer.score, "said_on": answer.day}


def _names(patient: Patient) -> list[tuple[str, str]]:
    """Each way to be named, as the public would read it."""
    return [
        (
            choice.value,
            f"{choice.label}: {shown_name(patient, choice)}" if choice != ShownAs.ANONYMOUS else choice.label,
        )
        for choice in ShownAs
    ]
