"""Partners' programs: registered, changed, given a new secret, stopped. How many practices use one, never which."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.partner import PartnerForm, SecretForm
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from tenants.actions.change_partner import change_partner
from tenants.actions.register_partner import register_partner
from tenants.actions.renew_partner_secret import renew_partner_secret
from tenants.actions.suspend_partner import resume_partner, suspend_partner
from tenants.declare import network_view
from tenants.hosts import url_of
from tenants.models import PartnerApplication
from tenants.partners.registered import all_partners, one_partner
from tenants.partners.sandboxes import sandbox_of
from tenants.permissions import Verb

HERE = "partners"
TOKENS_AT = "/api/token/"


@network_view(Verb.PARTNERS_REGISTER)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return page(request, "console/partners/list.html", here=HERE, programs=all_partners())


@network_view(Verb.PARTNERS_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = PartnerForm(posted(request))
    made = form.attempt(lambda: register_partner(**form.cleaned_data, now=timezone.now()))
    if made is not None:
        return _shown(request, *made)
    return form_page(request, "console/partners/new.html", here=HERE, form=form)


@network_view(Verb.PARTNERS_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: AskedRequest, program_id: UUID) -> HttpResponse:
    program = one_partner(program_id)
    kept = {name: getattr(program, name) for name in PartnerForm.base_fields}
    form = PartnerForm(posted(request), initial=kept)
    if form.attempt(lambda: change_partner(application_id=program_id, **form.cleaned_data)):
        return done(reverse("console:partner", args=[program_id]), "partner-changed")
    return form_page(
        request,
        "console/partners/one.html",
        here=HERE,
        form=form,
        program=program,
        sandbox=sandbox_of(program_id),
        now=timezone.now(),
    )


@network_view(Verb.PARTNERS_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def secret(request: AskedRequest, program_id: UUID) -> HttpResponse:
    program, now = one_partner(program_id), timezone.now()
    form = SecretForm(posted(request))
    made = form.attempt(lambda: renew_partner_secret(application_id=program_id, **form.asked(), now=now))
    if made is not None:
        return _shown(request, one_partner(program_id), made)
    return form_page(request, "console/partners/secret.html", here=HERE, form=form, program=program, now=now)


@network_view(Verb.PARTNERS_REGISTER)
@require_http_methods(["GET", "HEAD", "POST"])
def suspension(request: AskedRequest, program_id: UUID) -> HttpResponse:
    program = one_partner(program_id)
    if posted(request) is None:
        return page(request, "console/partners/suspend.html", here=HERE, program=program)
    return take(
        request,
        lambda: suspend_partner(application_id=program_id, now=timezone.now()),
        back=reverse("console:partner", args=[program_id]),
        key="partner-suspended",
        here=HERE,
    )


@network_view(Verb.PARTNERS_REGISTER)
@require_POST
def resumption(request: AskedRequest, program_id: UUID) -> HttpResponse:
    return take(
        request,
        lambda: resume_partner(application_id=program_id),
        back=reverse("console:partner", args=[program_id]),
        key="partner-resumed",
        here=HERE,
    )


def _shown(request: AskedRequest, program: PartnerApplication, secret: str) -> HttpResponse:
    """In the answer itself, once: an address that led here again would have to keep the secret."""
    answer = page(
        request,
        "console/partners/secret_shown.html",
        here=HERE,
        program=program,
        secret=secret,
        tokens_at=url_of("", TOKENS_AT),
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer
