"""Steps that need no form: a test, once more, on and off, out."""

from collections.abc import Callable
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from frontend.page import take
from frontend.request import AskedRequest
from tenants.declare import practice_view
from tenants.permissions import Verb
from tenants.webhooks.again import replay, replay_missed, send_test
from tenants.webhooks.change import remove_endpoint
from tenants.webhooks.listed import grant_of, one_endpoint
from tenants.webhooks.switch_off import switch_off, switch_on


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def test(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    return _step(request, endpoint_id, lambda: send_test(endpoint_id=endpoint_id, now=timezone.now()), "webhook-tested")


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def missed(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    return _step(
        request, endpoint_id, lambda: replay_missed(endpoint_id=endpoint_id, now=timezone.now()), "webhook-again"
    )


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def off(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    return _step(request, endpoint_id, lambda: switch_off(endpoint_id=endpoint_id, now=timezone.now()), "webhook-off")


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def on(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    return _step(request, endpoint_id, lambda: switch_on(endpoint_id=endpoint_id), "webhook-on")


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def removal(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    return _step(request, endpoint_id, lambda: remove_endpoint(endpoint_id=endpoint_id), "webhook-removed")


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def again(request: AskedRequest, delivery_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: replay(delivery_id=delivery_id, now=timezone.now()),
        back=reverse("portal:webhooks", args=[grant_of(delivery_id)]),
        key="webhook-again",
        here="settings",
    )


def _step(request: AskedRequest, endpoint_id: UUID, step: Callable[[], object], key: str) -> HttpResponse:
    back = reverse("portal:webhooks", args=[one_endpoint(endpoint_id).grant_id])
    return take(request, step, back=back, key=key, here="settings")
