"""Sign-in and security: everything about how one gets in, on one page."""

from django.conf import settings
from django.http import HttpResponse
from django.views.decorators.http import require_safe

from frontend.page import page
from frontend.request import AskedRequest
from tenants.declare import signed_in_view
from tenants.second_factor.kept import factors_of
from tenants.sessions.listed import sessions_of


@signed_in_view
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    me = request.principal
    return page(
        request,
        "account/security.html",
        here="security",
        shell="shells/portal.html" if me.practice else "shells/console.html",
        factors=factors_of(me.person_id),
        sessions=sessions_of(me.person_id, here=request.session.session_key),
        has_pin=bool(request.user.pin),
        email=request.user.email,
        idle_minutes=settings.IDLE_LOCK_MINUTES,
    )
