"""The letter that answers a request, to be printed: with everything that the law wants it to say."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from core import audit
from core.tenancy.scope import current_practice
from frontend.page import page
from frontend.portal.record_requests.request import request_of
from frontend.request import AskedRequest
from loyalty.models import Location
from loyalty.practice_zone import practice_zone
from loyalty.record_requests.privacy_contact import privacy_contact
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.RECORD_REQUESTS_ANSWER)
@require_safe
def show(request: AskedRequest, request_id: UUID) -> HttpResponse:
    """Of an answer, of an extension while there is none, or before both that it was received."""
    asked = request_of(request_id)
    audit.record("record_request.printed", subject=asked, patients=[asked.patient_id])
    return page(
        request,
        "portal/record_requests/letter.html",
        here="patients",
        asked=asked,
        today=timezone.now().astimezone(practice_zone()).date(),
        contact=privacy_contact(),
        practice=current_practice(),
        place=Location.objects.order_by("-is_active", "created_at", "id").first(),
    )
