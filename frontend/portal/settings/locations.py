"""The places of the practice, and when each is open."""

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.hours import HolidayForm, HoursForm
from frontend.page import done, page, posted, take
from frontend.request import AskedRequest
from loyalty.locations.change_hours import change_hours
from loyalty.locations.find import find_location
from loyalty.locations.holidays import add_holiday, holidays_of, remove_holiday, suggested
from loyalty.locations.hours import calendar_of
from loyalty.models import Location
from loyalty.visits.local_time import day_of, zone_of
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.LOCATIONS_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    places = [(one, calendar_of(one)) for one in Location.objects.order_by("-is_active", "created_at", "id")]
    return page(request, "portal/settings/locations.html", here="settings", places=places)


@practice_view(Verb.LOCATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def hours(request: AskedRequest, location_id: UUID) -> HttpResponse:
    location = find_location(location_id)
    form = HoursForm(posted(request), week=calendar_of(location).hours, initial={"version": location.hours_version})
    if form.attempt(lambda: _keep(location, form)):
        return done(reverse("portal:location-hours", args=[location_id]), "hours-kept")
    return _page(request, location, hours=form, status=422 if form.is_bound else 200)


@practice_view(Verb.LOCATIONS_MANAGE)
@require_POST
def holiday(request: AskedRequest, location_id: UUID) -> HttpResponse:
    location = find_location(location_id)
    form = HolidayForm(posted(request), today=_today(location))

    def add() -> object:
        given = form.cleaned_data
        place = None if given["everywhere"] else location.id
        return add_holiday(location_id=place, day=given["day"], name=given["name"], now=timezone.now())

    if form.attempt(add):
        return done(reverse("portal:location-hours", args=[location_id]), "holiday-added")
    return _page(request, location, holiday=form, status=422)


@practice_view(Verb.LOCATIONS_MANAGE)
@require_POST
def holiday_removal(request: AskedRequest, location_id: UUID, holiday_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: remove_holiday(holiday_id=holiday_id, now=timezone.now()),
        back=reverse("portal:location-hours", args=[location_id]),
        key="holiday-removed",
        here="settings",
    )


def _page(
    request: AskedRequest,
    location: Location,
    *,
    hours: HoursForm | None = None,
    holiday: HolidayForm | None = None,
    status: int,
) -> HttpResponse:
    today = _today(location)
    kept = holidays_of(location, today=today)
    several = Location.objects.filter(is_active=True).count() > 1
    return page(
        request,
        "portal/settings/hours.html",
        here="settings",
        status=status,
        location=location,
        form=hours or HoursForm(week=calendar_of(location).hours, initial={"version": location.hours_version}),
        is_usual=not location.opening_hours.exists(),
        holiday=holiday or HolidayForm(today=today, initial={"everywhere": not several}),
        holidays=kept,
        suggested=suggested(kept, today=today),
        several=several,
    )


def _keep(location: Location, form: HoursForm) -> bool:
    version = form.cleaned_data["version"]
    change_hours(location_id=location.id, version=version, week=form.week(), now=timezone.now())
    return True


def _today(location: Location) -> date:
    return day_of(timezone.now(), zone_of(location.time_zone))
