"""One person of the practice: what they are, what they may see, and how that changes or ends."""

from uuid import UUID

from django.forms import Form
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.tenancy.scope import current_practice
from frontend.forms.people import DepartureForm, HandOverForm, RoleForm, roles_to_give
from frontend.page import done, form_page, posted
from frontend.request import AskedRequest
from loyalty.practice_zone import practice_zone
from loyalty.staff.work_of import colleagues_of, work_of
from tenants.actions.change_role import change_role
from tenants.actions.end_membership import end_membership
from tenants.actions.transfer_ownership import transfer_ownership
from tenants.declare import practice_view
from tenants.models import Role
from tenants.people.invited import invited_to
from tenants.people.plain_words import access_of
from tenants.people.roster import Colleague, colleague_of
from tenants.permissions import Verb, may, may_give


@practice_view(Verb.PEOPLE_VIEW)
@require_safe
def show(request: AskedRequest, person_id: UUID) -> HttpResponse:
    person = _person(person_id)
    return _show(request, person, RoleForm(roles=_roles(request), initial={"role": person.role}))


@practice_view(Verb.PEOPLE_MANAGE)
@require_POST
def give_role(request: AskedRequest, person_id: UUID) -> HttpResponse:
    person = _person(person_id)
    form = RoleForm(posted(request), roles=_roles(request))
    changed = form.attempt(
        lambda: change_role(
            practice=current_practice(),
            person_id=person_id,
            role=form.cleaned_data["role"],
            by=request.principal,
            now=timezone.now(),
        )
    )
    if changed is None:
        return _show(request, person, form)
    if person_id == request.principal.person_id and not may(changed.role, Verb.PEOPLE_VIEW):
        return done("/", "role-changed")
    return done(reverse("portal:person", args=[person_id]), "role-changed")


@practice_view(Verb.PEOPLE_MANAGE)
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: AskedRequest, person_id: UUID) -> HttpResponse:
    person, here, now = _person(person_id), current_practice(), timezone.now()
    colleagues = [(str(staff.id), staff.display_name) for staff in colleagues_of(person_id=person_id)]
    form = DepartureForm(posted(request), colleagues=colleagues)
    left = form.attempt(
        lambda: end_membership(practice=here, person_id=person_id, **form.cleaned_data, by=request.principal, now=now)
    )
    if left is not None:
        # Who ended their own access is nobody here any more.
        return done("/" if _is_me(request, person) else reverse("portal:people"), "person-left")
    return form_page(
        request,
        "portal/people/departure.html",
        here="settings",
        form=form,
        person=person,
        work=work_of(person_id=person_id, now=now),
        sent=invited_to(here.id, now=now, by=person_id),
        is_me=_is_me(request, person),
    )


@practice_view(Verb.OWNERSHIP_TRANSFER)
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AskedRequest, person_id: UUID) -> HttpResponse:
    person, me = _person(person_id), request.principal
    form = HandOverForm(posted(request))
    if form.attempt(
        lambda: transfer_ownership(
            practice=current_practice(), to_person_id=person_id, **form.cleaned_data, by=me, now=timezone.now()
        )
    ):
        may_see = may(form.cleaned_data["becomes"], Verb.PEOPLE_VIEW)
        return done(reverse("portal:people") if may_see else "/", "ownership-transferred")
    return form_page(request, "portal/people/ownership.html", here="settings", form=form, person=person)


def _show(request: AskedRequest, person: Colleague, form: Form) -> HttpResponse:
    me = request.principal
    return form_page(
        request,
        "portal/people/person.html",
        here="settings",
        form=form,
        person=person,
        access=access_of(person.role),
        may_change=may_give(me.role, person.role),
        may_hand_over=me.may(Verb.OWNERSHIP_TRANSFER) and person.role != Role.OWNER,
        is_me=_is_me(request, person),
        zone=practice_zone(),
    )


def _person(person_id: UUID) -> Colleague:
    person = colleague_of(current_practice().id, person_id)
    if person is None:
        raise Http404
    return person


def _roles(request: AskedRequest) -> list[tuple[str, str]]:
    return roles_to_give(request.principal.role, Role.choices)


def _is_me(request: AskedRequest, person: Colleague) -> bool:
    return person.person_id == request.principal.person_id
