"""The page behind the link in a text or an email: the tablet's questions on one page, and nobody's name."""

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from core.errors import Conflict, NotFound
from frontend.forms.answer import AnswerForm
from loyalty.feedback.by_link import answer_by_link, asked_by_link, is_token
from tenants.declare import bearer_view, public_view
from tenants.request import PlacedRequest


def _anybody(request: PlacedRequest, **_named: str) -> bool:
    """Whoever brings something: a link that is no link gets the same kind page as one that was used."""
    return request.practice is not None


@bearer_view(_anybody)
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: PlacedRequest, token: str) -> HttpResponse:
    now = timezone.now()
    try:
        if not is_token(token):
            raise NotFound("feedback_link_unknown", "This link can no longer be used.")
        asked = asked_by_link(token, now=now)
        form = AnswerForm(request.POST if request.method == "POST" else None, promises=asked.promises)
        if form.is_valid():
            answer_by_link(token, said=form.said(), now=now)
            return HttpResponseRedirect(reverse("portal:feedback-thanks"), status=303)
    except (NotFound, Conflict):
        # Used, too old, unknown: one page for all, which tells nothing.
        return render(request, "feedback_link/spent.html", status=404)
    return render(request, "feedback_link/answer.html", {"form": form}, status=422 if form.is_bound else 200)


@public_view
@require_safe
def thanks(request: PlacedRequest) -> HttpResponse:
    return render(request, "feedback_link/thanks.html")
