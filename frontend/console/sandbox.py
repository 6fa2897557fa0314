"""A partner's sandbox: made, made anew, and removed, each with what it means said before."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.console.partners import HERE
from frontend.page import page, posted, take
from frontend.request import AskedRequest
from tenants.actions.open_sandbox import open_sandbox, remove_sandbox, reset_sandbox
from tenants.declare import network_view
from tenants.partners.registered import one_partner
from tenants.partners.sandboxes import sandbox_of
from tenants.permissions import Verb


@network_view(Verb.PARTNERS_REGISTER)
@require_POST
def make(request: AskedRequest, program_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: open_sandbox(application_id=program_id, now=timezone.now()),
        back=_back(program_id),
        key="sandbox-made",
        here=HERE,
    )


@network_view(Verb.PARTNERS_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def reset(request: AskedRequest, program_id: UUID) -> HttpResponse:
    if posted(request) is None:
        return _asked(request, program_id, is_reset=True)
    return take(
        request,
        lambda: reset_sandbox(application_id=program_id, now=timezone.now()),
        back=_back(program_id),
        key="sandbox-reset",
        here=HERE,
    )


@network_view(Verb.PARTNERS_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: AskedRequest, program_id: UUID) -> HttpResponse:
    if posted(request) is None:
        return _asked(request, program_id, is_reset=False)
    return take(
        request,
        lambda: remove_sandbox(application_id=program_id, now=timezone.now()),
        back=_back(program_id),
        key="sandbox-removed",
        here=HERE,
    )


def _back(program_id: UUID) -> str:
    return reverse("console:partner", args=[program_id])


def _asked(request: AskedRequest, program_id: UUID, *, is_reset: bool) -> HttpResponse:
    return page(
        request,
        "console/partners/sandbox.html",
        here=HERE,
        program=one_partner(program_id),
        sandbox=sandbox_of(program_id),
        is_reset=is_reset,
    )
