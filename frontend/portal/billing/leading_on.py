"""Ways to the payments provider's own pages, and back."""

from collections.abc import Callable
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from core.errors import DomainError
from frontend.middleware import POLICY
from frontend.page import refused
from frontend.request import AskedRequest
from tenants.hosts import url_of

_PROVIDER = "https://checkout.stripe.com https://billing.stripe.com"


def may_lead_on(response: HttpResponse) -> HttpResponse:
    """Browsers hold the way on after a form against the policy of the page that the form stands on."""
    places = settings.STRIPE_API_BASE or _PROVIDER
    response.headers["Content-Security-Policy"] = POLICY.replace("form-action 'self'", f"form-action 'self' {places}")
    return response


def lead_on(request: AskedRequest, ask: Callable[[], str]) -> HttpResponse:
    """On to what `ask` answers, or why not."""
    try:
        return HttpResponseRedirect(ask(), status=303)
    except DomainError as error:
        return refused(request, error, back=reverse("portal:billing"), here="settings")


def whole(request: AskedRequest, name: str) -> str:
    """The whole address of a page of this practice."""
    return url_of(request.practice.slug if request.practice else "", reverse(f"portal:{name}"))


def once_in(request: AskedRequest) -> UUID:
    """The number of the form that was pressed; a new one where it brings none."""
    try:
        return UUID(request.POST.get("once", ""))
    except ValueError:
        return uuid4()
