"""Setting up a second factor: an app that shows codes, or a passkey; and recovery codes with the first."""

from allauth.mfa.adapter import get_adapter
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.crypto import decrypt, encrypt
from core.errors import DomainError
from frontend.account.confirmed import confirmed
from frontend.account.next_page import next_page
from frontend.forms.second_factor import AppCodeForm
from frontend.page import done, posted, refused, take
from frontend.request import AskedRequest
from tenants.actions.add_totp import add_totp, new_secret
from tenants.actions.remove_factor import remove_totp
from tenants.actions.renew_recovery_codes import renew_recovery_codes
from tenants.admission import Reach
from tenants.declare import signed_in_view
from tenants.second_factor.kept import factors_of
from tenants.second_factor.qr import draw

# In the session until the first code proves the app: its secret, encrypted.
PENDING = "second_factor.pending"


@require_safe
def _choose(request: AskedRequest) -> HttpResponse:
    """Where everybody lands who has none and needs one."""
    factors = factors_of(request.principal.person_id)
    if factors.any:
        return HttpResponseRedirect(reverse("account_security"))
    return render(request, "account/second_factor.html", {"next": next_page(request)})


@sensitive_variables("secret")
@sensitive_post_parameters("code")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def _app(request: AskedRequest) -> HttpResponse:
    form = AppCodeForm(posted(request))
    pending = request.session.get(PENDING)
    secret = decrypt(pending) if pending else new_secret()
    if not pending:
        request.session[PENDING] = encrypt(secret)
    codes = form.attempt(
        lambda: add_totp(
            person=request.user,
            secret=secret,
            code=form.cleaned_data["code"],
            practice=request.practice,
            now=timezone.now(),
        )
    )
    if codes is None:
        address = get_adapter().build_totp_url(request.user, secret)
        context = {
            "form": form,
            "address": address,
            "qr": draw(address),
            "secret": _in_fours(secret),
            "next": next_page(request),
        }
        return render(request, "account/totp.html", context, status=422 if form.is_bound else 200)
    del request.session[PENDING]
    request.session.prove_second_factor(timezone.now())
    return told(request, codes)


@require_POST
@confirmed
def _remove_app(request: AskedRequest) -> HttpResponse:
    return take(
        request,
        lambda: remove_totp(person=request.user, practice=request.practice),
        back=reverse("account_security"),
        key="factor-removed",
    )


@require_POST
@confirmed
def _renew_codes(request: AskedRequest) -> HttpResponse:
    try:
        codes = renew_recovery_codes(person=request.user, practice=request.practice)
    except DomainError as error:
        return refused(request, error, back=reverse("account_security"))
    return told(request, codes)


def told(request: AskedRequest, codes: list[str]) -> HttpResponse:
    """Show recovery codes, this once; or go on where there were some already."""
    if not codes:
        return done(next_page(request) or reverse("account_security"), "factor-added")
    context = {"codes": [f"{code[:4]} {code[4:]}" for code in codes], "next": next_page(request) or "/"}
    return render(request, "account/recovery_codes.html", context)


def _in_fours(secret: str) -> str:
    return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


choose = signed_in_view(_choose, reach=Reach.UNLOCKED)
app = signed_in_view(_app, reach=Reach.UNLOCKED)
remove_app = signed_in_view(_remove_app)
renew_codes = signed_in_view(_renew_codes)
