"""The days that matter to patients: four weeks ahead."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.models import Location
from loyalty.occasions.upcoming import upcoming
from tenants.declare import practice_view
from tenants.permissions import Verb

DAYS = 28


@practice_view(Verb.OCCASIONS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    zone = Location.objects.filter(is_active=True).order_by("name").values_list("time_zone", flat=True).first()
    today = timezone.now().astimezone(ZoneInfo(zone or "UTC")).date()
    days = [day for day in upcoming(first=today, days=DAYS) if day.items]
    return page(
        request,
        "portal/occasions.html",
        here="occasions",
        today=today,
        soon=[day for day in days if day.day < today + timedelta(days=7)],
        later=[day for day in days if day.day >= today + timedelta(days=7)],
    )
