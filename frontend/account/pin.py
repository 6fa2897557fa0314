"""The PIN that unlocks a desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from frontend.account.confirmed import confirmed
from frontend.forms.second_factor import NewPinForm
from frontend.page import done, posted, take
from frontend.request import AskedRequest
from tenants.actions.set_pin import remove_pin, set_pin
from tenants.declare import signed_in_view


@sensitive_post_parameters("pin", "again")
@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def _choose(request: AskedRequest) -> HttpResponse:
    form = NewPinForm(posted(request))
    chosen = form.attempt(lambda: _set(request, form.cleaned_data["pin"]))
    if chosen is None:
        context = {"form": form, "has_pin": bool(request.user.pin)}
        return render(request, "account/pin.html", context, status=422 if form.is_bound else 200)
    return done(reverse("account_security"), "pin-set")


def _set(request: AskedRequest, pin: str) -> bool:
    set_pin(person=request.user, pin=pin, practice=request.practice, now=timezone.now())
    return True


@require_POST
@confirmed
def _remove(request: AskedRequest) -> HttpResponse:
    return take(
        request,
        lambda: remove_pin(person=request.user, practice=request.practice, now=timezone.now()),
        back=reverse("account_security"),
        key="pin-removed",
    )


choose = signed_in_view(_choose)
remove = signed_in_view(_remove)
