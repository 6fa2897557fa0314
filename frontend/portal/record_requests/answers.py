"""What becomes of a request: accepted, denied, extended, disagreed with, ended, told."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from frontend.forms.parts import ActionForm
from frontend.forms.record_request import AcceptForm, DenyForm, DisagreeForm, EndForm, ExtendForm, ToldForm
from frontend.page import done
from frontend.portal.record_requests.request import request_of, request_page
from frontend.request import AskedRequest
from loyalty.models import RecordRequest
from loyalty.record_requests.answer import accept, deny, disagree, end_restriction, extend, tell
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_POST
def accepted(request: AskedRequest, request_id: UUID) -> HttpResponse:
    form, me, now = AcceptForm(request.POST), request.principal.person_id, timezone.now()
    return _keep(
        request,
        request_of(request_id),
        form,
        "accepting",
        lambda: accept(request_id=request_id, **form.cleaned_data, by_person_id=me, now=now),
        key="request-answered",
    )


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_POST
def denied(request: AskedRequest, request_id: UUID) -> HttpResponse:
    asked, me, now = request_of(request_id), request.principal.person_id, timezone.now()
    form = DenyForm(request.POST, record_request=asked)
    return _keep(
        request,
        asked,
        form,
        "denying",
        lambda: deny(request_id=request_id, **form.cleaned_data, by_person_id=me, now=now),
        key="request-answered",
    )


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_POST
def extended(request: AskedRequest, request_id: UUID) -> HttpResponse:
    form = ExtendForm(request.POST)
    return _keep(
        request,
        request_of(request_id),
        form,
        "extending",
        lambda: extend(request_id=request_id, **form.cleaned_data, now=timezone.now()),
        key="request-extended",
    )


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_POST
def disagreed(request: AskedRequest, request_id: UUID) -> HttpResponse:
    form = DisagreeForm(request.POST)
    return _keep(
        request,
        request_of(request_id),
        form,
        "disagreeing",
        lambda: disagree(request_id=request_id, **form.cleaned_data, now=timezone.now()),
        key="request-disagreed",
    )


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_POST
def ended(request: AskedRequest, request_id: UUID) -> HttpResponse:
    form = EndForm(request.POST)
    return _keep(
        request,
        request_of(request_id),
        form,
        "ending",
        lambda: end_restriction(request_id=request_id, **form.cleaned_data, now=timezone.now()),
        key="restriction-ended",
    )


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_POST
def told(request: AskedRequest, request_id: UUID) -> HttpResponse:
    form = ToldForm(request.POST)
    return _keep(
        request,
        request_of(request_id),
        form,
        "telling",
        lambda: tell(request_id=request_id, **form.cleaned_data, now=timezone.now()),
        key="request-told",
    )


def _keep(
    request: AskedRequest,
    asked: RecordRequest,
    form: ActionForm,
    name: str,
    act: Callable[[], RecordRequest],
    *,
    key: str,
) -> HttpResponse:
    """Do it and say so, or show the page with the form and what was wrong."""
    if form.attempt(act) is not None:
        return done(reverse("portal:record-request", args=[asked.id]), key)
    return request_page(request, request_of(asked.id), **{name: form})
