"""A note goes to a colleague, and comes back."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from core.errors import DomainError
from frontend.page import refused, take, way_back
from frontend.portal.notes.queue import to_desk
from frontend.request import AskedRequest
from loyalty.touchpoints import hand_over
from tenants.declare import practice_view
from tenants.permissions import Verb


@practice_view(Verb.NOTES_WRITE)
@require_POST
def give(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = way_back(request, reverse("portal:notes"))
    try:
        to = UUID(request.POST.get("to", ""))
    except ValueError:
        error = DomainError("colleague_missing", "Choose whom to hand the note to.", field="to")
        return refused(request, error, back=back, here="notes")
    return take(
        request,
        lambda: hand_over.hand_over(touchpoint_id=note_id, to_staff_id=to, now=timezone.now()),
        back=back,
        key="note-handed",
        of=note_id,
        here="notes",
    )


@practice_view(Verb.NOTES_WRITE)
@require_POST
def take_back(request: AskedRequest, note_id: UUID) -> HttpResponse:
    back = to_desk(request, note_id)
    return take(
        request,
        lambda: hand_over.hand_back(touchpoint_id=note_id, now=timezone.now()),
        back=back,
        key="note-handed-back",
        here="notes",
    )
