"""Where Stripe tells us of what happened: at the network's host, by nobody who is signed in."""

import structlog
from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt

from billing.receive import NotAnEvent, receive
from billing.signature import NotSigned, verify
from tenants.declare import public_view
from tenants.request import PlacedRequest

# Stripe's largest are well below.
_MOST_BYTES = 1_000_000
log = structlog.get_logger(__name__)


@csrf_exempt
@public_view
def take(request: PlacedRequest) -> HttpResponse:
    """200 for what is stored, now or before. 400 for what is not Stripe's: nothing is stored, and the log says why."""
    if request.method != "POST":
        return HttpResponse(status=405, headers={"Allow": "POST"})
    if not settings.STRIPE_WEBHOOK_SECRET:
        return _refused("off", status=400)
    if int(request.headers.get("Content-Length") or 0) > _MOST_BYTES:
        return _refused("too_large", status=413)
    now, raw = timezone.now(), request.body
    try:
        verify(
            raw,
            request.headers.get("Stripe-Signature", ""),
            secret=settings.STRIPE_WEBHOOK_SECRET,
            previous=settings.STRIPE_WEBHOOK_SECRET_PREVIOUS,
            previous_until=settings.STRIPE_WEBHOOK_PREVIOUS_UNTIL,
            now=now,
        )
        receive(raw, live=settings.STRIPE_LIVE, now=now)
    except (NotSigned, NotAnEvent) as error:
        return _refused(str(error), status=400)
    return HttpResponse(status=200)


def _refused(why: str, *, status: int) -> HttpResponse:
    log.warning("billing.event_refused", why=why)
    return HttpResponse(status=status)
