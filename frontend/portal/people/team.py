"""The people of the practice: who belongs to it, who is invited, and inviting somebody."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.tenancy.scope import current_practice
from frontend.forms.people import InviteForm, roles_to_give
from frontend.page import done, form_page, page, posted, take
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from tenants.actions.cancel_invitation import cancel_invitation
from tenants.actions.invite import invite
from tenants.actions.resend_invitation import resend_invitation
from tenants.declare import practice_view
from tenants.models import Role
from tenants.people.invited import invited_to
from tenants.people.plain_words import access_of
from tenants.people.reviews import last_review
from tenants.people.roster import people_of
from tenants.permissions import Verb, may_give


@practice_view(Verb.PEOPLE_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    here, now, me = current_practice(), timezone.now(), request.principal
    review = last_review(here.id)
    return page(
        request,
        "portal/people/list.html",
        here="settings",
        people=people_of(here.id),
        invited=[(one, may_give(me.role, one.role)) for one in invited_to(here.id, now=now)],
        review=review,
        review_is_due=review is None or review.due_at <= now,
        zone=practice_zone(),
    )


@practice_view(Verb.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def invite_somebody(request: AskedRequest) -> HttpResponse:
    me = request.principal
    roles = roles_to_give(me.role, reversed(Role.choices))
    form = InviteForm(posted(request), roles=roles)
    if form.attempt(
        lambda: invite(**form.cleaned_data, practice=current_practice(), by=me, now=timezone.now()),
    ):
        return done(reverse("portal:people"), "invited")
    accesses = [access_of(role) for role, _ in roles]
    return form_page(request, "portal/people/invite.html", here="settings", form=form, accesses=accesses)


@practice_view(Verb.PEOPLE_MANAGE)
@require_POST
def renew(request: AskedRequest, invitation_id: UUID) -> HttpResponse:
    here, me = current_practice(), request.principal
    return take(
        request,
        lambda: resend_invitation(invitation_id=invitation_id, practice=here, by=me, now=timezone.now()),
        back=reverse("portal:people"),
        key="invited-again",
        here="settings",
    )


@practice_view(Verb.PEOPLE_MANAGE)
@require_POST
def cancel(request: AskedRequest, invitation_id: UUID) -> HttpResponse:
    here, me = current_practice(), request.principal
    return take(
        request,
        lambda: cancel_invitation(invitation_id=invitation_id, practice=here, by=me, now=timezone.now()),
        back=reverse("portal:people"),
        key="invitation-cancelled",
        here="settings",
    )
