"""The access review: who can see what, in plain words, and the owner's word that it should be so."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from core.tenancy.scope import current_practice
from frontend.page import page, take
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from tenants.actions.review_access import as_seen, review_access
from tenants.declare import practice_view
from tenants.models import Role
from tenants.people.plain_words import Access, access_of
from tenants.people.reviews import last_review
from tenants.people.roster import Colleague, people_of
from tenants.permissions import Verb


@dataclass(frozen=True, slots=True)
class Group:
    """Those who have the same role, and what it lets them do."""

    access: Access
    people: list[Colleague]


@practice_view(Verb.PEOPLE_VIEW)
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    here, now = current_practice(), timezone.now()
    people, review = people_of(here.id), last_review(here.id)
    groups = [Group(access_of(role), [one for one in people if one.role == role]) for role in Role.values]
    return page(
        request,
        "portal/people/access.html",
        here="settings",
        groups=[group for group in groups if group.people],
        seen=[as_seen(one.person_id, one.role) for one in people],
        review=review,
        review_is_due=review is None or review.due_at <= now,
        may_review=request.principal.may(Verb.ACCESS_REVIEW),
        zone=practice_zone(),
    )


@practice_view(Verb.ACCESS_REVIEW)
@require_POST
def review(request: AskedRequest) -> HttpResponse:
    return take(
        request,
        lambda: review_access(
            practice=current_practice(),
            seen=request.POST.getlist("seen"),
            by=request.principal,
            now=timezone.now(),
        ),
        back=reverse("portal:access"),
        key="access-reviewed",
        here="settings",
    )
