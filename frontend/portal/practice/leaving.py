"""Leaving the network: what it means, and the owner's word for it."""

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.forms.practice import ASKING_TO_LEAVE, StatusForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from tenants.actions.ask_to_leave import ask_to_leave
from tenants.declare import practice_view
from tenants.models import Practice
from tenants.permissions import Verb


@practice_view(Verb.PRACTICE_LEAVE)
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: AskedRequest) -> HttpResponse:
    practice = request.practice
    if practice is None:
        raise Http404
    form = StatusForm(posted(request), reasons=ASKING_TO_LEAVE)
    if form.attempt(
        lambda: ask_to_leave(practice=practice, **form.cleaned_data, by=request.principal, now=timezone.now())
    ):
        return done(reverse("portal:leaving"), "leave-asked")
    asked_at = Practice.objects.values_list("leave_asked_at", flat=True).get(id=practice.id)
    return form_page(request, "portal/leaving.html", here="settings", form=form, asked_at=asked_at)
