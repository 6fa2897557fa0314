"""What a member meets instead of a page that is theirs: the practice is closed, read-only, or has not agreed yet."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render

from tenants.permissions import BEFORE_AGREEMENT, WHEN_READ_ONLY, Verb
from tenants.principal import Principal
from tenants.request import PlacedRequest

EXPORT = Verb.PRACTICE_EXPORT
READING = ("GET", "HEAD", "OPTIONS")


def from_closed_practice(request: PlacedRequest, me: Principal, verb: Verb) -> HttpResponse | None:
    """The page that says that the practice is suspended or has left; None where it is open, not theirs, or where `verb`
    stays theirs.
    """
    if not me.closed or me.may(verb):
        return None
    return render(request, f"practice_{me.closed}.html", {"here": "", "may_export": me.may(EXPORT)}, status=403)


def until_agreed(me: Principal, verb: Verb) -> HttpResponse | None:
    """The way to the agreements: the owner accepts them there, everybody else reads who has to."""
    if me.agreed or verb in BEFORE_AGREEMENT:
        return None
    return redirect(settings.AGREEMENTS_URL)


def while_read_only(request: PlacedRequest, me: Principal, verb: Verb) -> HttpResponse | None:
    """The page that says why nothing is changed now; None for whoever only reads, or where `verb` stays theirs."""
    if not me.read_only or request.method in READING or verb in WHEN_READ_ONLY:
        return None
    return render(request, "practice_read_only.html", {"here": "", "may_pay": me.may(Verb.BILLING_MANAGE)}, status=403)
