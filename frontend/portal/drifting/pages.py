"""The list of those who are slipping away, and what the model said a year ago."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.charts.calibration import calibration_picture
from frontend.charts.coming_back import coming_back_picture
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.drifting.candidates import FEWEST_REPEAT
from loyalty.drifting.coming_back import last_coming_back
from loyalty.drifting.look_back import last_backtest
from loyalty.drifting.worklist import MOST, Show, worklist
from tenants.declare import practice_view
from tenants.permissions import Verb

_TABS = {Show.OPEN: "To reach", Show.SEEN_TO: "Somebody is on it", Show.LEFT: "Left for now"}


@practice_view(Verb.CONTACTS_MAKE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`show` is the part of the list, those to reach without it."""
    try:
        part = Show(request.GET.get("show", ""))
    except ValueError as error:
        raise Http404 from error
    found = worklist(show=part, now=timezone.now())
    return page(
        request,
        "portal/drifting/show.html",
        here="drifting",
        found=found,
        part=part,
        count=found.counts[part],
        tabs=[(one.value, words, found.counts[one], one == part) for one, words in _TABS.items()],
        most=MOST,
        fewest=FEWEST_REPEAT,
    )


@practice_view(Verb.CONTACTS_MAKE)
@require_safe
def look_back(request: AskedRequest) -> HttpResponse:
    """No patient is on it: shares of groups."""
    found = last_backtest()
    picture = calibration_picture(found.groups) if found else None
    return page(request, "portal/drifting/look_back.html", here="drifting", found=found, picture=picture)


@practice_view(Verb.CONTACTS_MAKE)
@require_safe
def coming_back(request: AskedRequest) -> HttpResponse:
    """No patient is on it: how many of the new ones are back by which day."""
    found = last_coming_back()
    picture = coming_back_picture(found) if found and found.points else None
    return page(request, "portal/drifting/coming_back.html", here="drifting", found=found, picture=picture)
