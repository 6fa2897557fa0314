"""How much time the team gives to patients, for the owner."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from loyalty.staff.time_given import time_given
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.STAFF_TIME_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    given = time_given(zone=practice_zone(), now=timezone.now())
    most = max((week.minutes for one in given.staff for week in one.weeks), default=0)
    return page(request, "portal/people/time.html", here="settings", given=given, most=most)
