"""Recoveries: the list, and one of them with everything that is done about it."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.forms.feedback_inbox import colleagues, staff_of
from frontend.forms.recovery import CloseForm, ReopenForm, StepForm, TellForm
from frontend.page import done, page, take
from frontend.portal.feedback.paging import place_of, written
from frontend.portal.feedback.tabs import tabs_for
from frontend.portal.me import staff_id_of
from frontend.request import AskedRequest
from loyalty.feedback.hand_over_recovery import hand_over
from loyalty.feedback.recover import close, step, tell
from loyalty.feedback.recoveries import Show, recoveries
from loyalty.feedback.recovery import recovery_page
from loyalty.feedback.reopen_recovery import reopen
from tenants.declare import practice_view
from tenants.permissions import Verb

PAGE = 25
SHOWS = {"": "Open", "mine": "Mine", "closed": "Closed"}


@practice_view(Verb.RECOVERIES_WORK)
@require_safe
def index(request: AskedRequest) -> HttpResponse:
    me = staff_id_of(request.principal)
    shown = request.GET.get("show", "")
    shown = shown if shown in SHOWS else ""
    after = place_of(request.GET.get("after", ""))
    found = recoveries(Show(shown), me=me, now=timezone.now(), limit=PAGE, after=after)
    counts = {"": found.open, "mine": found.mine}
    return page(
        request,
        "portal/recoveries/list.html",
        here="feedback",
        tabs=tabs_for("recoveries"),
        shows=[(key, text, counts.get(key), key == shown) for key, text in SHOWS.items() if me or key != "mine"],
        shown=shown,
        found=found,
        older=written(found.after),
    )


@practice_view(Verb.RECOVERIES_WORK)
@require_safe
def show(request: AskedRequest, recovery_id: UUID) -> HttpResponse:
    return _page(request, recovery_id)


@practice_view(Verb.RECOVERIES_WORK)
@require_POST
def add_step(request: AskedRequest, recovery_id: UUID) -> HttpResponse:
    form, who = StepForm(request.POST, prefix="step"), _who(request, recovery_id)
    if form.attempt(lambda: step(**form.cleaned_data, **who)) is None:
        return _page(request, recovery_id, step=form)
    return done(_of(recovery_id), "recovery-worked")


@practice_view(Verb.RECOVERIES_WORK)
@require_POST
def told(request: AskedRequest, recovery_id: UUID) -> HttpResponse:
    form, who = TellForm(request.POST, prefix="told"), _who(request, recovery_id)
    if form.attempt(lambda: tell(**form.cleaned_data, **who)) is None:
        return _page(request, recovery_id, told=form)
    return done(_of(recovery_id), "recovery-told")


@practice_view(Verb.RECOVERIES_WORK)
@require_POST
def closing(request: AskedRequest, recovery_id: UUID) -> HttpResponse:
    form, who = CloseForm(request.POST, prefix="close"), _who(request, recovery_id)
    if form.attempt(lambda: close(**form.cleaned_data, **who)) is None:
        return _page(request, recovery_id, closing=form)
    return done(_of(recovery_id), "recovery-closed")


@practice_view(Verb.RECOVERIES_WORK)
@require_POST
def reopening(request: AskedRequest, recovery_id: UUID) -> HttpResponse:
    form, who = ReopenForm(request.POST, prefix="again"), _who(request, recovery_id)
    if form.attempt(lambda: reopen(**form.cleaned_data, **who)) is None:
        return _page(request, recovery_id, again=form)
    return done(_of(recovery_id), "recovery-reopened")


@practice_view(Verb.RECOVERIES_WORK)
@require_POST
def owner(request: AskedRequest, recovery_id: UUID) -> HttpResponse:
    to, was, who = staff_of(request.POST, "to"), staff_of(request.POST, "was"), _who(request, recovery_id)
    if to is None:
        return _page(request, recovery_id)
    return take(
        request,
        lambda: hand_over(staff_id=to, was=was, **who),
        back=_of(recovery_id),
        key="recovery-handed-over",
        here="feedback",
    )


def _page(request: AskedRequest, recovery_id: UUID, **bound: Any) -> HttpResponse:
    """With the one form that was refused, and the others empty."""
    opened = recovery_page(recovery_id=recovery_id, now=timezone.now())
    forms = {
        "step": StepForm(prefix="step"),
        "told": TellForm(prefix="told"),
        "closing": CloseForm(prefix="close"),
        "again": ReopenForm(prefix="again"),
    }
    return page(
        request,
        "portal/recoveries/show.html",
        here="feedback",
        status=422 if bound else 200,
        opened=opened,
        staff=colleagues(),
        refused=next(iter(bound.values()), None),
        **{**forms, **bound},
    )


def _who(request: AskedRequest, recovery_id: UUID) -> dict[str, Any]:
    return {"recovery_id": recovery_id, "by_staff_id": staff_id_of(request.principal), "now": timezone.now()}


def _of(recovery_id: UUID) -> str:
    return reverse("portal:recovery", args=[recovery_id])
