"""Signing out somewhere else."""

from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST

from frontend.page import take
from frontend.request import AskedRequest
from tenants.actions.end_session import end_other_sessions, end_session
from tenants.declare import signed_in_view


@signed_in_view
@require_POST
def end(request: AskedRequest, session: UUID) -> HttpResponse:
    return take(
        request,
        lambda: end_session(person=request.user, handle=session, practice=request.practice),
        back=reverse("account_security"),
        key="signed-out-there",
    )


@signed_in_view
@require_POST
def end_others(request: AskedRequest) -> HttpResponse:
    key = str(request.session.session_key)
    return take(
        request,
        lambda: end_other_sessions(person=request.user, keep=key, practice=request.practice),
        back=reverse("account_security"),
        key="signed-out-elsewhere",
    )
