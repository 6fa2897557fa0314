"""The owner's yes to a program, what it covers, and its end."""

from uuid import UUID

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from core.tenancy.scope import current_practice
from frontend.forms.partner import GrantForm
from frontend.page import done, form_page, posted, take
from frontend.request import AskedRequest
from tenants.actions.grant_partner import change_grant, end_grant, grant_partner
from tenants.declare import practice_view
from tenants.hosts import url_of
from tenants.partners.registered import connected, connected_to, offer
from tenants.partners.scopes import may_see_patients
from tenants.permissions import Verb

HERE = "settings"


@practice_view(Verb.PARTNERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def give(request: AskedRequest, program_id: UUID) -> HttpResponse:
    program, place = offer(program_id), current_practice()
    let_in = next((one for one in connected_to(place.id) if one.application_id == program_id), None)
    if let_in is not None and request.method != "POST":
        # An old address, or a second tab: what it may do by now is shown, and not an empty choice.
        return HttpResponseRedirect(reverse("portal:partner-narrowing", args=[let_in.grant_id]))
    form = GrantForm(posted(request), offered=program.scopes)
    given = form.attempt(
        lambda: grant_partner(
            practice=place, application_id=program_id, **form.cleaned_data, by=request.principal, now=timezone.now()
        )
    )
    if given is not None:
        return done(reverse("portal:partners"), "partner-let-in")
    address = url_of(place.slug, "")
    return form_page(
        request,
        "portal/partners/grant.html",
        here=HERE,
        form=form,
        program=program,
        address=address,
        sees_patients=may_see_patients(program.scopes),
    )


@practice_view(Verb.PARTNERS_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: AskedRequest, grant_id: UUID) -> HttpResponse:
    place = current_practice()
    program = connected(place.id, grant_id)
    form = GrantForm(posted(request), offered=program.asks, chosen=program.scopes)
    if form.attempt(lambda: change_grant(practice=place, grant_id=grant_id, **form.cleaned_data, by=request.principal)):
        return done(reverse("portal:partners"), "partner-changed-here")
    return form_page(
        request,
        "portal/partners/change.html",
        here=HERE,
        form=form,
        program=program,
        sees_patients=may_see_patients(program.asks),
    )


@practice_view(Verb.PARTNERS_MANAGE)
@require_POST
def end(request: AskedRequest, grant_id: UUID) -> HttpResponse:
    place = current_practice()
    return take(
        request,
        lambda: end_grant(practice=place, grant_id=grant_id, by=request.principal, now=timezone.now()),
        back=reverse("portal:partners"),
        key="partner-shut-out",
        here=HERE,
    )
