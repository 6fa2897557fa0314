"""One request: written down, and shown with what can be answered to it."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.forms import Form
from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from frontend.forms.record_request import (
    AcceptForm,
    DenyForm,
    DisagreeForm,
    EndForm,
    ExtendForm,
    RequestForm,
    ToldForm,
)
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from loyalty.models import RecordRequest, RequestState
from loyalty.patients.find import find_patient
from loyalty.practice_zone import practice_zone
from loyalty.record_requests.answer import MOST_EXTENSION
from loyalty.record_requests.locked import find_request
from loyalty.record_requests.note import DAYS_TO_ANSWER, note_request
from tenants.declare import practice_view
from tenants.names import names_of
from tenants.permissions import Verb


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, patient_id: UUID) -> HttpResponse:
    patient = find_patient(patient_id)
    today = timezone.now().astimezone(practice_zone()).date()
    form = RequestForm(posted(request), initial={"received_on": today})
    noted = form.attempt(
        lambda: note_request(
            patient_id=patient.id,
            **form.cleaned_data,
            by_person_id=request.principal.person_id,
            now=timezone.now(),
        )
    )
    if noted is not None:
        return done(reverse("portal:record-request", args=[noted.id]), "request-noted")
    return form_page(request, "portal/record_requests/new.html", here="patients", form=form, patient=patient)


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_safe
def show(request: AskedRequest, request_id: UUID) -> HttpResponse:
    return request_page(request, request_of(request_id))


def request_of(request_id: UUID) -> RecordRequest:
    """Raises NotFound."""
    return find_request(request_id)


def request_page(request: AskedRequest, asked: RecordRequest, **forms: Form) -> HttpResponse:
    """The page, with one of its forms as somebody filled it in, where it could not be kept."""
    today = timezone.now().astimezone(practice_zone()).date()
    people = names_of(one for one in (asked.noted_by, asked.answered_by) if one)
    latest = asked.received_on + DAYS_TO_ANSWER + MOST_EXTENSION
    given: dict[str, Any] = {
        "asked": asked,
        "days": (asked.due_on - today).days,
        "latest": latest,
        "noted_by": people.get(asked.noted_by) if asked.noted_by else "",
        "answered_by": people.get(asked.answered_by) if asked.answered_by else "",
        "may_answer": request.principal.may(Verb.RECORD_REQUESTS_ANSWER),
        "may_extend": asked.extended_on is None and today <= latest - MOST_EXTENSION,
        "is_open": asked.state == RequestState.OPEN,
        "must_accept": asked.recipient == "health_plan" and asked.paid_in_full,
        "accepting": AcceptForm(initial={"told_on": today}),
        "denying": DenyForm(record_request=asked, initial={"told_on": today}),
        "extending": ExtendForm(initial={"until": latest - timedelta(days=1)}),
        "disagreeing": DisagreeForm(),
        "ending": EndForm(),
        "telling": ToldForm(initial={"told_on": today}),
        "form": next(iter(forms.values()), None),
    }
    audit.record("record_request.read", subject=asked, patients=[asked.patient_id])
    return page(
        request,
        "portal/record_requests/show.html",
        here="patients",
        status=422 if forms else 200,
        **{**given, **forms},
    )
