"""One location of the practice: added, its name and postal address, closed for good."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.forms.practice import LocationForm, NewLocationForm
from frontend.page import done, form_page, posted, take
from frontend.request import AskedRequest
from loyalty.locations.add_location import add_location
from loyalty.locations.change_address import change_address
from loyalty.locations.close_location import close_location, reopen_location
from loyalty.locations.find import find_location
from loyalty.models import Location
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.LOCATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, location_id: UUID) -> HttpResponse:
    location = find_location(location_id)
    back = reverse("portal:getting-started" if request.principal.starting else "portal:locations")
    known = {name: getattr(location, name) for name in ("name", "address", "city", "state", "postal_code")}
    form = LocationForm(posted(request), initial=known)
    if form.attempt(lambda: change_address(location_id=location.id, **form.cleaned_data)):
        return done(back, "location-changed")
    return form_page(request, "portal/location.html", here="settings", form=form, location=location, back=back)


@practice_view(Verb.LOCATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    usual = Location.objects.filter(is_active=True).order_by("created_at", "id").values("time_zone", "state").first()
    form = NewLocationForm(posted(request), initial=usual or {})
    back = reverse("portal:locations")
    if form.attempt(lambda: add_location(**form.cleaned_data)):
        return done(back, "location-added")
    return form_page(request, "portal/location.html", here="settings", form=form, back=back)


@practice_view(Verb.LOCATIONS_MANAGE)
@require_POST
def close(request: AskedRequest, location_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: close_location(location_id=location_id, now=timezone.now()),
        back=reverse("portal:locations"),
        key="location-closed",
        of=location_id,
        here="settings",
    )


@practice_view(Verb.LOCATIONS_MANAGE)
@require_POST
def reopen(request: AskedRequest, location_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: reopen_location(location_id=location_id),
        back=reverse("portal:locations"),
        key="location-reopened",
        here="settings",
    )
