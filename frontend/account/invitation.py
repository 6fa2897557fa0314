"""The page that an invitation's link opens: join with an account, or make one."""

from typing import cast

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core import audit
from core.errors import DomainError, NotFound
from frontend.forms.invitation import JoinForm
from tenants.actions.accept_invitation import accept_as_new_person, accept_invitation
from tenants.admission import Reach, admit
from tenants.asked import asker_of
from tenants.declare import public_view
from tenants.invitation_link import good_invitation, role_name
from tenants.models import Invitation, Person
from tenants.request import PlacedRequest
from tenants.sign_in import bind_session, bind_to_new_membership


@public_view
@sensitive_post_parameters("password", "again")
@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: PlacedRequest, token: str) -> HttpResponse:
    with audit.asking(asker_of(request, "invitation")):
        return _answer(request, token)


def _answer(request: PlacedRequest, token: str) -> HttpResponse:
    try:
        invitation = good_invitation(token=token, practice=request.practice, now=timezone.now())
    except DomainError as error:
        return _spent(request, error)
    if request.principal:
        return _join(request, token, invitation)
    if Person.objects.by_email(invitation.email) is not None:
        # An invitation opens no account: its owner signs in as always, second factor and all, and comes back here.
        return _show(request, "sign_in", invitation, status=409 if request.method == "POST" else 200)
    return _begin(request, token, invitation)


def _join(request: PlacedRequest, token: str, invitation: Invitation) -> HttpResponse:
    """For somebody who is signed in here, and whose desk is not locked."""
    if (first := admit(request, reach=Reach.UNLOCKED)) is not None:
        return first
    person = cast("Person", request.user)
    if person.email.lower() != invitation.email:
        return _show(request, "other", invitation, status=409 if request.method == "POST" else 200, person=person)
    if request.method != "POST":
        return _show(request, "join", invitation, status=200, person=person)
    now = timezone.now()
    try:
        accept_invitation(token=token, practice=request.practice, person=person, now=now)
    except DomainError as error:
        return _spent(request, error)
    bind_to_new_membership(request, person=person, now=now)
    return HttpResponseRedirect("/", status=303)


def _begin(request: PlacedRequest, token: str, invitation: Invitation) -> HttpResponse:
    """For somebody new."""
    form = JoinForm(request.POST if request.method == "POST" else None, initial={"name": invitation.name})
    person = form.attempt(
        lambda: accept_as_new_person(
            token=token,
            practice=request.practice,
            name=form.cleaned_data["name"],
            password=form.cleaned_data["password"],
            now=timezone.now(),
        )
    )
    if person is None:
        return _show(request, "begin", invitation, status=422 if form.is_bound else 200, form=form)
    login(request, person, backend=settings.AUTHENTICATION_BACKENDS[0])
    bind_session(request, person=person, now=timezone.now())
    return HttpResponseRedirect("/", status=303)


def _show(
    request: PlacedRequest, page: str, invitation: Invitation, *, status: int = 200, **more: object
) -> HttpResponse:
    context = {"invitation": invitation, "role": role_name(invitation.role).lower(), "address": request.path}
    return render(request, f"account/invitation/{page}.html", context | more, status=status)


def _spent(request: PlacedRequest, error: DomainError) -> HttpResponse:
    status = 404 if isinstance(error, NotFound) else 410
    return render(request, "account/invitation/spent.html", {"error": error}, status=status)
