"""A tablet brings the code that a manager made for it, by its link or typed, and is a kiosk from then on."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from core import audit
from core.errors import DomainError
from core.tenancy.scope import practice_scope
from frontend.forms.kiosk import EnrollForm
from loyalty.kiosk.enroll import enroll, invited_by
from tenants.asked import asker_of
from tenants.declare import public_view
from tenants.limits import may_enroll
from tenants.refs import may_hold_patients
from tenants.request import PlacedRequest
from tenants.sessions.device import device_of
from tenants.sign_in_trail import record_at
from tenants.tablet import give_token, tablet_asks

_WHY = "enrollment"


@sensitive_post_parameters("code")
@public_view
@require_http_methods(["GET", "HEAD", "POST"])
def begin(request: PlacedRequest, code: str = "") -> HttpResponse:
    """Opening the link uses nothing up: whatever fetches links ahead must not."""
    if request.practice is None or not may_hold_patients(request.practice.id):
        raise Http404
    form = EnrollForm(request.POST if request.method == "POST" else None, initial={"code": code})
    token = form.attempt(lambda: _enroll(request, form.cleaned_data["code"]))
    if token is None:
        return render(
            request,
            "kiosk/enrollment.html",
            {"form": form, "linked": bool(code), "action": reverse("portal:kiosk-enrollment")},
            status=422 if form.is_bound else 200,
        )
    _sign_out(request)
    response = HttpResponseRedirect(reverse("portal:kiosk"), status=303)
    give_token(response, token)
    return response


def _enroll(request: PlacedRequest, code: str) -> str:
    if request.practice is None:
        raise Http404
    if not may_enroll(request):
        raise DomainError("kiosk_tries", "Too many tries from here. Wait five minutes.", field="code")
    now = timezone.now()
    with practice_scope(request.practice):
        try:
            asker = tablet_asks(request, tablet_id=invited_by(code, now=now), why=_WHY)
            with audit.asking(asker):
                _, token = enroll(code=code, device=device_of(request.headers.get("User-Agent", "")), now=now)
        except DomainError as error:
            # Not a page that is missing: the words go under the field.
            raise DomainError(error.code, error.message, field="code") from error
    return token


def _sign_out(request: PlacedRequest) -> None:
    """Whoever was signed in on what is now a tablet for patients no longer is."""
    if not isinstance(request.user, AnonymousUser):
        with audit.asking(asker_of(request, _WHY)):
            record_at(request.practice, "session.ended", detail={"because": "kiosk"})
    request.session.flush()
