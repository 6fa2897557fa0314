"""Where a program is told of changes, whether it arrives, and what was told lately."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.partner import SecretForm
from frontend.forms.telling import EndpointForm
from frontend.page import done, form_page, page, posted
from frontend.request import AskedRequest
from frontend.telling_words import HEALTH, LEDES, OFF_WHY, problem_of, state_of, worst
from loyalty.practice_zone import practice_zone
from tenants.declare import practice_view
from tenants.permissions import Verb
from tenants.webhooks.add import MOST, WithSecret, add_endpoint
from tenants.webhooks.change import change_endpoint
from tenants.webhooks.granted import must_be_granted
from tenants.webhooks.listed import deliveries_of, endpoints_of, one_endpoint
from tenants.webhooks.renew_secret import renew_secret

HERE = "settings"


@practice_view(Verb.PARTNERS_MANAGE)
@require_safe
def show(request: AskedRequest, grant_id: UUID) -> HttpResponse:
    program = must_be_granted(grant_id)
    endpoints = endpoints_of(program)
    missed_only, before = request.GET.get("show") == "missed", request.GET.get("before", "")
    deliveries, more = deliveries_of(
        grant_id, missed_only=missed_only, before=int(before) if before.isdecimal() and len(before) < 19 else None
    )
    health = worst([one.health for one in endpoints])
    return page(
        request,
        "portal/partners/told.html",
        here=HERE,
        program=program,
        lede=LEDES[health] if health else "",
        endpoints=[(one, HEALTH[one.health], OFF_WHY[one.off_why] if one.off_why else "") for one in endpoints],
        full=len(endpoints) >= MOST,
        lines=[(one, state_of(one), problem_of(one)) for one in deliveries],
        next=deliveries[-1].number if more else None,
        missed_only=missed_only,
        on_its_way=any(one.tries == 0 and one.next_try_at for one in deliveries),
        zone=practice_zone(),
        now=timezone.now(),
    )


@practice_view(Verb.PARTNERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest, grant_id: UUID) -> HttpResponse:
    program = must_be_granted(grant_id)
    form = EndpointForm(posted(request), scopes=program.scopes)
    made = form.attempt(lambda: add_endpoint(grant_id=grant_id, **form.cleaned_data, now=timezone.now()))
    if made is not None:
        return _shown(request, made, is_new=True)
    return form_page(request, "portal/partners/told_new.html", here=HERE, form=form, program=program)


@practice_view(Verb.PARTNERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    endpoint = one_endpoint(endpoint_id)
    program = must_be_granted(endpoint.grant_id)
    kept = {"url": endpoint.url, "kinds": endpoint.kinds}
    form = EndpointForm(posted(request), scopes=program.scopes, initial=kept)
    if form.attempt(lambda: change_endpoint(endpoint_id=endpoint_id, **form.cleaned_data)):
        return done(reverse("portal:webhooks", args=[endpoint.grant_id]), "webhook-changed")
    return form_page(
        request,
        "portal/partners/told_change.html",
        here=HERE,
        form=form,
        program=program,
        endpoint=endpoint,
        zone=practice_zone(),
        now=timezone.now(),
    )


@practice_view(Verb.PARTNERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: AskedRequest, endpoint_id: UUID) -> HttpResponse:
    endpoint = one_endpoint(endpoint_id)
    form = SecretForm(posted(request))
    made = form.attempt(lambda: renew_secret(endpoint_id=endpoint_id, **form.asked(), now=timezone.now()))
    if made is not None:
        return _shown(request, made, is_new=False)
    return form_page(
        request,
        "portal/partners/told_secret.html",
        here=HERE,
        form=form,
        program=must_be_granted(endpoint.grant_id),
        endpoint=endpoint,
        zone=practice_zone(),
        now=timezone.now(),
    )


def _shown(request: AskedRequest, made: WithSecret, *, is_new: bool) -> HttpResponse:
    """In the answer itself, once: an address that led here again would have to keep the secret."""
    answer = page(
        request,
        "portal/partners/told_secret_shown.html",
        here=HERE,
        program=must_be_granted(made.endpoint.grant_id),
        endpoint=one_endpoint(made.endpoint.id),
        secret=made.secret,
        is_new=is_new,
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
