"""The tablet's one page, and what stands behind it. It holds no patient: what it shows of one comes when a visit opens.

Answers are short and in JSON; the page draws them. A tablet that is enrolled no more gets 410 for each.
"""

from typing import Any
from uuid import UUID

from django.http import HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST, require_safe

from core.errors import Conflict, DomainError, NotFound
from frontend.forms.answer import KEPT, TabletAnswerForm
from loyalty.feedback.choices import BETTER, ELSEWHERE, LIKED, WORTH
from loyalty.kiosk.answer import answer, leave_unsaid
from loyalty.kiosk.enrolled import tablet_with
from loyalty.kiosk.leave import leave
from loyalty.kiosk.questions import Questions
from loyalty.kiosk.take import take, take_by_code, waiting_for
from tenants.declare import kiosk_view, public_view
from tenants.request import PlacedRequest
from tenants.tablet import TabletRequest

# A fresh one with each answer to a poll: a page that came from the tablet's own store may hold an old one.
TOKEN_HEADER = "X-CSRF-Token"  # noqa: S105  the name of a header


@kiosk_view(tablet_with)
@require_safe
def show(request: TabletRequest) -> HttpResponse:
    return render(
        request,
        "kiosk/tablet.html",
        {
            "scale": range(11),
            "liked": LIKED.items(),
            "better": BETTER.items(),
            "worth": WORTH.items(),
            "elsewhere": ELSEWHERE.items(),
            "kept": KEPT.items(),
            "digits": range(1, 10),
        },
    )


@kiosk_view(tablet_with)
@require_safe
def waiting(request: TabletRequest) -> HttpResponse:
    opening_id = waiting_for(request.tablet_id, now=timezone.now())
    response = HttpResponse(status=204) if opening_id is None else JsonResponse({"opening": str(opening_id)})
    response.headers[TOKEN_HEADER] = get_token(request)
    return response


@kiosk_view(tablet_with)
@require_POST
def open_one(request: TabletRequest) -> HttpResponse:
    opening_id = _id(request.POST.get("opening", ""))
    if opening_id is None:
        return _refused("opening_gone", "This is no longer open.", status=422)
    try:
        return _questions(take(kiosk_id=request.tablet_id, opening_id=opening_id, now=timezone.now()))
    except DomainError as error:
        return _of(error)


@sensitive_post_parameters("code")
@kiosk_view(tablet_with)
@require_POST
def enter_code(request: TabletRequest) -> HttpResponse:
    try:
        return _questions(
            take_by_code(kiosk_id=request.tablet_id, code=request.POST.get("code", "")[:6], now=timezone.now())
        )
    except DomainError as error:
        return _of(error)


@kiosk_view(tablet_with)
@require_POST
def keep(request: TabletRequest) -> HttpResponse:
    form = TabletAnswerForm(request.POST)
    if not form.is_valid():
        return _refused("answer_malformed", "This answer cannot be read.", status=422)
    try:
        answer(
            kiosk_id=request.tablet_id,
            opening_id=form.cleaned_data["opening"],
            submission_id=form.cleaned_data["submission"],
            seconds_ago=form.cleaned_data["seconds_ago"],
            said=form.said(),
            now=timezone.now(),
        )
    except DomainError as error:
        return _of(error)
    return JsonResponse({"kept": True})


@kiosk_view(tablet_with)
@require_POST
def end(request: TabletRequest) -> HttpResponse:
    opening_id = _id(request.POST.get("opening", ""))
    if opening_id is None:
        return _refused("opening_gone", "This is no longer open.", status=422)
    try:
        leave_unsaid(
            kiosk_id=request.tablet_id,
            opening_id=opening_id,
            skipped=request.POST.get("skipped") == "yes",
            now=timezone.now(),
        )
    except DomainError as error:
        return _of(error)
    return JsonResponse({"kept": True})


@sensitive_post_parameters("pin")
@kiosk_view(tablet_with)
@require_POST
def leave_kiosk(request: TabletRequest) -> HttpResponse:
    try:
        leave(kiosk_id=request.tablet_id, pin=request.POST.get("pin", ""), now=timezone.now())
    except DomainError as error:
        return _of(error)
    return JsonResponse({"to": reverse("account_login")})


@public_view
@require_safe
def worker(request: PlacedRequest) -> HttpResponse:
    """What lets the page open without a network. It names files and nothing else."""
    return render(request, "kiosk/worker.js", content_type="text/javascript; charset=utf-8")


def _questions(questions: Questions) -> JsonResponse:
    promises = [{"id": str(id), "text": text} for id, text in questions.promises]
    told: dict[str, Any] = {
        "opening": str(questions.opening_id),
        "name": questions.first_name,
        "promises": promises,
    }
    return JsonResponse(told)


def _of(error: DomainError) -> JsonResponse:
    status = 409 if isinstance(error, Conflict | NotFound) else 422
    return _refused(error.code, error.message, status=status)


def _refused(code: str, message: str, *, status: int) -> JsonResponse:
    return JsonResponse({"code": code, "message": message}, status=status)


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
