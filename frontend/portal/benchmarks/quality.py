"""How far the practice can trust its own records: the checks of the last month, and of a year."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.quality.own import own_quality
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.BENCHMARKS_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """No patient is on it: counts of records."""
    months = own_quality(now=timezone.now())
    return page(
        request, "portal/benchmarks/quality.html", here="benchmarks", last=months[0] if months else None, months=months
    )
