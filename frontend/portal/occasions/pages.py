"""The days that matter to patients, by week or month, and what became of each."""

from datetime import date

from django.http import Http404, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.forms.occasion import LeaveOutForm
from frontend.page import page
from frontend.request import AskedRequest
from loyalty.occasions.pages import month_of, week_of
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.OCCASIONS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`view` is week or month; `day` is any day of it, today without it."""
    by_month = request.GET.get("view") == "month"
    try:
        day = date.fromisoformat(request.GET["day"]) if request.GET.get("day") else None
    except ValueError as error:
        raise Http404 from error
    now = timezone.now()
    span = month_of(day, now=now) if by_month else week_of(day, now=now)
    return page(
        request,
        "portal/occasions/calendar.html",
        here="occasions",
        span=span,
        by_month=by_month,
        may_act=request.principal.may(Verb.CONTACTS_MAKE),
        form=LeaveOutForm(),
    )
