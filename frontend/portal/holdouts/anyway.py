"""Somebody who is held out is contacted all the same, because somebody of the team wants to."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from frontend.page import take, way_back
from frontend.request import AskedRequest
from loyalty.holdouts.contact_anyway import contact_anyway
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.CONTACTS_MAKE)
@require_POST
def plan(request: AskedRequest, lot_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:patients"))
    return take(
        request,
        lambda: contact_anyway(lot_id=lot_id, now=timezone.now()),
        back=back,
        key="holdout-crossed",
        of=lot_id,
        here="patients",
    )
