"""Taking down what a patient says about a visit."""

from uuid import UUID
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from core.errors import DomainError
from frontend.forms.feedback import FeedbackForm
from frontend.page import done, page, posted
from frontend.portal.visit import visit_of
from frontend.request import AskedRequest
from loyalty.feedback.record import record
from loyalty.models import FeedbackMode
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.FEEDBACK_RECORD)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, visit_id: UUID) -> HttpResponse:
    visit = visit_of(visit_id)
    form = FeedbackForm(posted(request))
    if form.is_valid():
        try:
            answer = record(visit_id=visit.id, mode=FeedbackMode.STAFF, **form.asked(), now=timezone.now())
        except DomainError as error:
            form.refuse(error)
        else:
            key = "feedback-recovery" if answer.is_detractor else "feedback-kept"
            return done(reverse("portal:patient", args=[visit.patient_id]), key)
    at = visit.starts_at.astimezone(ZoneInfo(visit.location.time_zone))
    status = 422 if form.is_bound else 200
    return page(request, "portal/feedback/new.html", here="today", status=status, form=form, visit=visit, at=at)
