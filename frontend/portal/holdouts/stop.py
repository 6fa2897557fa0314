"""Stopping a hold-out before its end."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from frontend.page import take
from frontend.request import AskedRequest
from loyalty.holdouts.close import stop_holdout
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.HOLDOUTS_RUN)
@require_POST
def stop(request: AskedRequest, holdout_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: stop_holdout(holdout_id=holdout_id, now=timezone.now()),
        back=reverse("portal:holdout", args=[holdout_id]),
        key="holdout-stopped",
        of=holdout_id,
        here="settings",
    )
