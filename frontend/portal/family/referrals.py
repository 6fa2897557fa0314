"""Who sends us people, and thanking them."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from frontend.page import page, take
from frontend.request import AskedRequest
from loyalty.referrals.thank import plan_thanks, thanked
from loyalty.referrals.tree import referral_tree
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.PATIENTS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return page(request, "portal/family/referrals.html", here="patients", tree=referral_tree())


@practice_view(Verb.NOTES_WRITE)
@require_POST
def thank(request: AskedRequest, referral_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: plan_thanks(referral_id=referral_id, now=timezone.now()),
        back=reverse("portal:referrals"),
        key="thanks-planned",
        here="patients",
    )


@practice_view(Verb.NOTES_WRITE)
@require_POST
def thanked_already(request: AskedRequest, referral_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: thanked(referral_id=referral_id, now=timezone.now()),
        back=reverse("portal:referrals"),
        key="referral-thanked",
        here="patients",
    )
