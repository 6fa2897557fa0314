"""Taking down what a patient says about a visit."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.forms.feedback import FeedbackForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.feedback.record import record
from loyalty.models import FeedbackMode
from loyalty.visits.find import find_visit
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.FEEDBACK_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    visit = find_visit(visit_id)
    form = FeedbackForm(posted(request))
    answer = form.attempt(
        lambda: record(visit_id=visit.id, mode=FeedbackMode.STAFF, **form.cleaned_data, now=timezone.now())
    )
    if answer is not None:
        key = "feedback-recovery" if answer.is_detractor else "feedback-kept"
        return done(reverse("portal:patient", args=[visit.patient_id]), key)
    at = visit.starts_at.astimezone(ZoneInfo(visit.location.time_zone))
    return form_page(request, "portal/feedback/new.html", here="today", form=form, visit=visit, at=at)
