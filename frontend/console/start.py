"""The start of the network host: its public page; for its people the console, for members their practices."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from frontend.console.join import public_page
from tenants.declare import public_view
from tenants.permissions import Verb
from tenants.request import PlacedRequest


@public_view
@require_safe
def show(request: PlacedRequest) -> HttpResponse:
    if not request.principal:
        return public_page(request)
    if request.principal.may(Verb.NETWORK_BENCHMARKS_VIEW):
        return redirect("console:benchmarks")
    return redirect("account_practices")
