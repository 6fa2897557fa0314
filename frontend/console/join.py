"""The network's public page: what it is, what it asks, and the form to apply with."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from core import audit
from frontend.forms.application import ApplicationForm
from tenants.actions.apply import apply
from tenants.asked import asker_of
from tenants.declare import PUBLIC, public_view
from tenants.limits import may_apply
from tenants.request import PlacedRequest

STEPS = (
    (
        "Be proactive",
        "A call before the visit",
        "Two working days before, someone tells the patient what to expect. What was promised is written down, and"
        " kept.",
    ),
    (
        "The little things",
        "A note by hand",
        "Within 48 hours the person who treated writes a card. It takes two minutes. No coupon, ever.",
    ),
    (
        "Relationships",
        "The days that matter",
        "A daughter’s wedding, a first marathon, five years with you. Remembered in time to say something.",
    ),
    (
        "Feedback",
        "Ask, and close the loop",
        "A private question at checkout. When someone was unhappy, one person owns it until the patient has"
        " heard back.",
    ),
    (
        "The ultimate experience",
        "Every visit, prepared",
        "One page before each visit: what to remember, what to say, where to take care. And whether it went as you"
        " promised.",
    ),
)


@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: PlacedRequest) -> HttpResponse:
    form = ApplicationForm(request.POST if request.method == "POST" else None)
    if form.is_bound:
        if form.is_from_a_program:
            return HttpResponseRedirect(reverse("console:join-thanks"), status=303)
        if not may_apply(request):
            return render(request, "429.html", status=429)
        with audit.asking(asker_of(request, PUBLIC)):
            form.attempt(lambda: apply(**form.asked()))
        if not form.errors:
            return HttpResponseRedirect(reverse("console:join-thanks"), status=303)
    return public_page(request, form=form, status=422 if form.is_bound else 200)


@public_view
@require_safe
def thanks(request: PlacedRequest) -> HttpResponse:
    return render(request, "console/join_thanks.html", {"network_address": settings.NETWORK_ADDRESS})


def public_page(request: PlacedRequest, *, form: ApplicationForm | None = None, status: int = 200) -> HttpResponse:
    """The page itself, also for the start of the network's host."""
    return render(
        request,
        "console/join.html",
        {"form": form or ApplicationForm(), "steps": STEPS, "network_address": settings.NETWORK_ADDRESS},
        status=status,
    )
