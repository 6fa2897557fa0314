"""The network's own staff: who may enter this console, who is invited, and how that ends."""

from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from frontend.forms.people import InviteForm, roles_to_give
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from tenants.actions.cancel_invitation import cancel_invitation
from tenants.actions.end_network_role import end_network_role
from tenants.actions.invite import invite
from tenants.actions.resend_invitation import resend_invitation
from tenants.declare import network_view
from tenants.models import Person
from tenants.people.invited import invited_to
from tenants.people.roster import people_of_the_network
from tenants.permissions import Verb


@network_view(Verb.NETWORK_PEOPLE_MANAGE)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    return page(
        request,
        "console/people/list.html",
        here="people",
        people=people_of_the_network(),
        invited=invited_to(None, now=timezone.now()),
    )


@network_view(Verb.NETWORK_PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_somebody(request: AskedRequest) -> HttpResponse:
    me = request.principal
    form = InviteForm(posted(request), roles=roles_to_give(me.role, reversed(Person.NetworkRole.choices)))
    if form.attempt(lambda: invite(**form.cleaned_data, practice=None, by=me, now=timezone.now())):
        return done(reverse("console:people"), "invited")
    return form_page(request, "console/people/invite.html", here="people", form=form)


@network_view(Verb.NETWORK_PEOPLE_MANAGE)
@require_POST
def renew(request: AskedRequest, invitation_id: UUID) -> HttpResponse:
    me = request.principal
    return take(
        request,
        lambda: resend_invitation(invitation_id=invitation_id, practice=None, by=me, now=timezone.now()),
        back=reverse("console:people"),
        key="invited-again",
        here="people",
    )


@network_view(Verb.NETWORK_PEOPLE_MANAGE)
@require_POST
def cancel(request: AskedRequest, invitation_id: UUID) -> HttpResponse:
    me = request.principal
    return take(
        request,
        lambda: cancel_invitation(invitation_id=invitation_id, practice=None, by=me, now=timezone.now()),
        back=reverse("console:people"),
        key="invitation-cancelled",
        here="people",
    )


@network_view(Verb.NETWORK_PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedRequest, person_id: UUID) -> HttpResponse:
    person = next((one for one in people_of_the_network() if one.person_id == person_id), None)
    if person is None:
        raise Http404
    me = request.principal
    if posted(request) is None:
        return page(request, "console/people/departure.html", here="people", person=person)
    return take(
        request,
        lambda: end_network_role(person_id=person_id, by=me, now=timezone.now()),
        back="/" if person_id == me.person_id else reverse("console:people"),
        key="network-person-left",
        here="people",
    )
