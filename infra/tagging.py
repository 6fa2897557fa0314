"""Says for which practice something was logged or failed."""

from collections.abc import Callable

import sentry_sdk
import structlog
from django.http import HttpResponse

from tenants.request import PlacedRequest


class PracticeTagMiddleware:
    """Marks log lines and error reports of a request with the practice's id: enough to find it, nothing of a person."""

    def __init__(self, get_response: Callable[[PlacedRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: PlacedRequest) -> HttpResponse:
        practice = str(request.practice.id) if request.practice else "network"
        sentry_sdk.set_tag("practice", practice)
        with structlog.contextvars.bound_contextvars(practice=practice):
            return self.get_response(request)
