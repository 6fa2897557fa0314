"""Starting a hold-out: what it does, when it would be known, and then for good."""

from typing import Any

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from frontend.forms.holdout import HoldoutForm
from frontend.holdout_words import foretold
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.holdouts.power import pace, power
from loyalty.holdouts.start import start_holdout
from tenants.declare import practice_view
from tenants.permissions import Verb

# The button that only reckons: nothing is started.
RECKON = "reckon"
USUAL: dict[str, Any] = {"kind": "note", "percent": 10, "outcome_days": 120, "months": 12, "least_effect": 10}


@practice_view(Verb.HOLDOUTS_RUN)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: AskedRequest) -> HttpResponse:
    now = timezone.now()
    form = HoldoutForm(posted(request), initial=USUAL)
    if RECKON not in request.POST:
        started = form.attempt(
            lambda: start_holdout(**form.cleaned_data, by_person_id=request.principal.person_id, now=now)
        )
        if started:
            return done(reverse("portal:holdout", args=[started.id]), "holdout-started", of=started.id)
    chosen: dict[str, Any] = form.cleaned_data if form.is_bound and form.is_valid() else USUAL
    found = pace(outcome_days=chosen["outcome_days"], now=now)
    reckoned = power(found, **{key: chosen[key] for key in ("percent", "outcome_days", "least_effect", "months")})
    answer = form_page(
        request,
        "portal/holdouts/new.html",
        here="settings",
        form=form,
        told=foretold(reckoned, least_effect=chosen["least_effect"]),
    )
    if RECKON in request.POST and not form.errors:
        answer.status_code = 200
    return answer
