"""Passkeys: made and kept by the browser; one opens every host of the network."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from allauth.mfa.webauthn.internal.flows import begin_registration
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from frontend.account.confirmed import confirmed
from frontend.account.next_page import next_page
from frontend.account.second_factor import told
from frontend.page import posted, take
from frontend.request import AskedRequest
from tenants.actions.add_passkey import add_passkey
from tenants.actions.remove_factor import remove_passkey
from tenants.admission import Reach
from tenants.declare import signed_in_view
from tenants.sessions.device import device_of


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def _add(request: AskedRequest) -> HttpResponse:
    form = AddWebAuthnForm(posted(request), user=request.user)
    if form.is_bound and form.is_valid():
        codes = add_passkey(
            person=request.user,
            name=device_of(request.headers.get("User-Agent", "")),
            credential=form.cleaned_data["credential"],
            practice=request.practice,
        )
        request.session.prove_second_factor(timezone.now())
        return told(request, codes)
    context = {
        "form": form,
        "options": begin_registration(request, request.user, passwordless=True),
        "next": next_page(request),
    }
    return render(request, "account/passkey.html", context, status=422 if form.is_bound else 200)


@require_POST
@confirmed
def _remove(request: AskedRequest, passkey: int) -> HttpResponse:
    return take(
        request,
        lambda: remove_passkey(person=request.user, passkey_id=passkey, practice=request.practice),
        back=reverse("account_security"),
        key="factor-removed",
    )


add = signed_in_view(_add, reach=Reach.UNLOCKED)
remove = signed_in_view(_remove)
