"""The days that matter to patients: four weeks ahead."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.occasions.ahead import occasions_ahead
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.OCCASIONS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    ahead = occasions_ahead(now=timezone.now())
    return page(
        request, "portal/occasions.html", here="occasions", today=ahead.today, soon=ahead.soon, later=ahead.later
    )
