"""What Twilio tells this practice: a text came in, and what became of one that went out."""

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from core.messages.signature import signed_by_twilio
from core.messages.twiml import CONTENT_TYPE, answering
from loyalty.messages.receive import receive
from loyalty.messages.status import note_status
from tenants.declare import bearer_view
from tenants.request import PlacedRequest


def _signed(request: PlacedRequest, **_kwargs: object) -> bool:
    return signed_by_twilio(request)


@csrf_exempt
@bearer_view(_signed)
@require_POST
def inbound(request: PlacedRequest) -> HttpResponse:
    """The answer goes back in the response; Twilio sends it."""
    answer = receive(
        provider_id=request.POST.get("MessageSid", "")[:200],
        sender=request.POST.get("From", "")[:100],
        recipient=request.POST.get("To", ""),
        body=request.POST.get("Body", ""),
        # Where the account lets Twilio answer STOP, START and HELP, this says that it has.
        answered="OptOutType" in request.POST,
        now=timezone.now(),
    )
    return HttpResponse(answering(answer), content_type=CONTENT_TYPE)


@csrf_exempt
@bearer_view(_signed)
@require_POST
def report(request: PlacedRequest, message_id: UUID) -> HttpResponse:
    note_status(
        message_id=message_id,
        provider_id=request.POST.get("MessageSid", "")[:200],
        status=request.POST.get("MessageStatus", ""),
        error_code=request.POST.get("ErrorCode", ""),
        now=timezone.now(),
    )
    return HttpResponse(status=204)
