"""One member of the network: facts, agreements, people as a number. Never a patient, never a figure of its own."""

from collections.abc import Callable
from uuid import UUID

from django.http import Http404, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.practice import LEAVING, REACTIVATING, SUSPENDING, Reason, StatusForm
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from tenants.actions.leave import leave
from tenants.actions.reactivate import reactivate
from tenants.actions.suspend import suspend
from tenants.agreements import standings
from tenants.declare import network_view
from tenants.hosts import url_of
from tenants.models import Application, Membership, Practice, StatusChange
from tenants.permissions import Verb


@network_view(Verb.MEMBERS_VIEW)
@require_safe
def show(request: AskedRequest, practice_id: UUID) -> HttpResponse:
    practice = practice_of(practice_id)
    return page(
        request,
        "console/member.html",
        here="members",
        member=practice,
        url=url_of(practice.slug),
        standings=list(standings(practice.id).values()),
        people=Membership.objects.filter(practice=practice, ended_at__isnull=True).count(),
        history=StatusChange.objects.filter(practice_id=practice.id).order_by("-at"),
        application=Application.objects.filter(practice=practice).first(),
        may_manage=request.principal.may(Verb.MEMBERS_MANAGE),
        may_answer=request.principal.may(Verb.APPLICATIONS_ANSWER),
    )


def practice_of(practice_id: UUID) -> Practice:
    """Return the practice. Raises Http404 for none."""
    practice = Practice.objects.filter(id=practice_id, sandbox_of__isnull=True).first()
    if practice is None:
        raise Http404
    return practice


def _change(
    act: Callable[..., Practice], template: str, reasons: tuple[Reason, ...], key: str
) -> Callable[..., HttpResponseBase]:
    """A page that says what a change means before it is done, and asks why."""

    @network_view(Verb.MEMBERS_MANAGE)
    @require_http_methods(["GET", "HEAD", "POST"])
    def change(request: AskedRequest, practice_id: UUID) -> HttpResponse:
        practice = practice_of(practice_id)
        form = StatusForm(posted(request), reasons=reasons)
        if form.attempt(
            lambda: act(practice_id=practice.id, **form.cleaned_data, by=request.principal, now=timezone.now())
        ):
            return done(reverse("console:member", args=[practice.id]), key)
        return form_page(request, template, here="members", form=form, member=practice)

    return change


suspension = _change(suspend, "console/member_suspend.html", SUSPENDING, "practice-suspended")
reactivation = _change(reactivate, "console/member_reactivate.html", REACTIVATING, "practice-reactivated")
leaving = _change(leave, "console/member_leave.html", LEAVING, "practice-left")
