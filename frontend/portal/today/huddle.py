"""The sheet for the morning's five minutes together."""

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.portal.today.place import location_of
from frontend.print.huddle import huddle_pdf
from frontend.request import AskedRequest
from loyalty.today.huddle import Huddle, huddle
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.TODAY_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`at` in the address names the location; `day=tomorrow` is the sheet of the next day."""
    return page(request, "portal/huddle.html", here="today", sheet=sheet_of(request))


@practice_view(Verb.TODAY_VIEW)
@require_safe
def pdf(request: AskedRequest) -> HttpResponse:
    """The same sheet for the printer."""
    if request.practice is None:
        raise Http404
    sheet = sheet_of(request)
    made = huddle_pdf(sheet, practice=request.practice.name, now=timezone.now())
    name = f"huddle-{sheet.day.isoformat()}.pdf"
    return HttpResponse(made, "application/pdf", headers={"Content-Disposition": f'inline; filename="{name}"'})


def sheet_of(request: AskedRequest) -> Huddle:
    me = request.principal
    return huddle(
        now=timezone.now(),
        location_id=location_of(request),
        ahead=1 if request.GET.get("day") == "tomorrow" else 0,
        clinical=me.may(Verb.CLINICAL_VIEW),
        feedback=me.may(Verb.FEEDBACK_VIEW),
    )
