"""One location of the practice: its name and postal address."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from frontend.forms.practice import LocationForm
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.locations.change_address import change_address
from loyalty.models import Location
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.LOCATIONS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, location_id: UUID) -> HttpResponse:
    location = Location.objects.filter(id=location_id).first()
    if location is None:
        raise Http404
    back = reverse("portal:getting-started" if request.principal.starting else "portal:locations")
    known = {name: getattr(location, name) for name in ("name", "address", "city", "state", "postal_code")}
    form = LocationForm(posted(request), initial=known)
    if form.attempt(lambda: change_address(location_id=location.id, **form.cleaned_data)):
        return done(back, "location-changed")
    return form_page(request, "portal/location.html", here="settings", form=form, location=location, back=back)
