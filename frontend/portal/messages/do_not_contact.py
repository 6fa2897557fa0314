"""The do-not-contact list: seeing it, adding to it, taking an address off for a reason."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from frontend.forms.message import LiftForm, SuppressForm
from frontend.page import done, form_page, page, posted
from frontend.portal.messages.tabs import tabs_for
from frontend.request import AskedRequest
from loyalty.messages.lift import lift
from loyalty.messages.listed import listed, on_list
from loyalty.messages.suppress import suppress
from tenants.declare import practice_view
from tenants.permissions import Verb

MOST = 200


@practice_view(Verb.MESSAGES_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    """`lifted` shows those that were taken off."""
    lifted = "lifted" in request.GET
    return page(
        request,
        "portal/messages/list.html",
        here="messages",
        tabs=tabs_for(request.principal, "list"),
        entries=on_list(lifted=lifted, limit=MOST),
        lifted=lifted,
        may_lift=request.principal.may(Verb.SUPPRESSIONS_LIFT),
    )


@practice_view(Verb.CONSENTS_CHANGE)
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: AskedRequest) -> HttpResponse:
    form = SuppressForm(posted(request))
    me = request.principal.person_id
    if form.attempt(lambda: suppress(**form.cleaned_data, by_person_id=me, now=timezone.now())):
        return done(reverse("portal:do-not-contact"), "suppressed")
    return form_page(request, "portal/messages/list_new.html", here="messages", form=form)


@practice_view(Verb.SUPPRESSIONS_LIFT)
@require_http_methods(["GET", "HEAD", "POST"])
def take_off(request: AskedRequest, suppression_id: UUID) -> HttpResponse:
    form = LiftForm(posted(request))
    me = request.principal.person_id
    if form.attempt(
        lambda: lift(suppression_id=suppression_id, **form.cleaned_data, by_person_id=me, now=timezone.now())
    ):
        return done(reverse("portal:do-not-contact"), "lifted")
    entry, owners = listed(suppression_id=suppression_id)
    return form_page(request, "portal/messages/list_lift.html", here="messages", form=form, entry=entry, owners=owners)
