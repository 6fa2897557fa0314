"""What the network says: on Today until whoever reads it puts it away."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.views.decorators.http import require_POST

from core import audit
from frontend.page import way_back
from frontend.request import AskedRequest
from tenants.actions.put_announcements_away import put_announcements_away
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.TODAY_VIEW)
@require_POST
def put_away(request: AskedRequest) -> HttpResponse:
    """`until`: when the newest one on the page was published, so that nothing is put away that was not seen."""
    now = timezone.now()
    try:
        until = parse_datetime(request.POST.get("until", ""))
    except ValueError:
        until = None
    if until is not None and until.tzinfo is not None:
        put_announcements_away(person_id=request.principal.person_id, until=until, now=now)
        audit.record("announcements.read")
    return HttpResponseRedirect(way_back(request, reverse("portal:today")), status=303)
