"""The start of the network host: the console for the network's people, the practices for everybody else."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_safe

from frontend.request import AskedRequest
from tenants.declare import signed_in_view
from tenants.permissions import Verb


@signed_in_view
@require_safe
def show(request: AskedRequest) -> HttpResponse:
    if request.principal.may(Verb.NETWORK_BENCHMARKS_VIEW):
        return redirect("console:benchmarks")
    return redirect("account_practices")
