"""All requests: what is to be answered, by when, and what was answered."""

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from loyalty.record_requests.listed import answered_requests, open_requests
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.RECORD_REQUESTS_NOTE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    today = timezone.now().astimezone(practice_zone()).date()
    return page(
        request,
        "portal/record_requests/list.html",
        here="patients",
        waiting=open_requests(today=today),
        answered=answered_requests(today=today),
        may_answer=request.principal.may(Verb.RECORD_REQUESTS_ANSWER),
    )
