"""What a member meets instead of a page that is theirs: the practice is closed, or its agreements are not accepted."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tenants.permissions import BEFORE_AGREEMENT, Verb
from tenants.principal import Principal
from tenants.request import PlacedRequest


def from_closed_practice(request: PlacedRequest, me: Principal) -> HttpResponse | None:
    """The page that says that the practice is suspended or has left; None where it is open, or not theirs."""
    if not me.closed:
        return None
    return render(request, f"practice_{me.closed}.html", {"here": ""}, status=403)


def until_agreed(me: Principal, verb: Verb) -> HttpResponse | None:
    """The way to the agreements: the owner accepts them there, everybody else reads who has to."""
    if me.agreed or verb in BEFORE_AGREEMENT:
        return None
    return redirect(settings.AGREEMENTS_URL)
